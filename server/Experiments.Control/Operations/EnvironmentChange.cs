using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>What to change about an environment; what is absent stays.</summary>
internal sealed record EnvironmentChange
{
    /// <summary>auto or manual.</summary>
    public Optional<PublishMode> Publish { get; init; }
}
