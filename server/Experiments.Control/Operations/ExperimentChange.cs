using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

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

    public Optional<IReadOnlyList<string>> Tags { get; init; }

    /// <summary>From when until when it runs by itself, while its status is RUNNING; null clears it.</summary>
    public Optional<ScheduleDefinition?> Schedule { get; init; }

    /// <summary>All of them.</summary>
    public Optional<IReadOnlyList<PrerequisiteDefinition>> Prerequisites { get; init; }

    /// <summary>The attribute that is hashed; null is the user key. Changing it reassigns every user.</summary>
    public Optional<string> Unit { get; init; }

    /// <summary>All of them.</summary>
    public Optional<IReadOnlyList<OverrideInput>> Overrides { get; init; }
}
