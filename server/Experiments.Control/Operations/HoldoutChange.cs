using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>What to change about a holdout; what is absent stays.</summary>
internal sealed record HoldoutChange
{
    public Optional<string> Name { get; init; }

    /// <summary>Null is everything.</summary>
    public Optional<string> Tag { get; init; }

    public Optional<Coverage> Share { get; init; }
}
