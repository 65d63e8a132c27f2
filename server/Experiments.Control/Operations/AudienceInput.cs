using Experiments.Client.Targeting;

namespace Experiments.Control.Operations;

/// <summary>A new audience.</summary>
internal sealed record AudienceInput
{
    /// <summary>Unique in the environment; 1 to 256 characters.</summary>
    public required string Name { get; init; }

    public required Guid EnvironmentId { get; init; }

    /// <summary>Joined by OR; none = everyone.</summary>
    public required TargetingRuleDocument[] Rules { get; init; }
}
