using Experiments.Client.Targeting;

namespace Experiments.Control.Operations;

/// <summary>What to change about an experiment; what is absent stays.</summary>
internal sealed record ExperimentChange
{
    public Optional<string> Name { get; init; }

    /// <summary>Null clears it.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Null clears it.</summary>
    public Optional<Guid?> AudienceId { get; init; }

    public Optional<TargetingRuleDocument[]> TargetingRules { get; init; }
}
