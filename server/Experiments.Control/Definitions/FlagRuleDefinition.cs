using Experiments.Client.Targeting;

namespace Experiments.Control.Definitions;

/// <summary>A rule of a flag: whom it is for, and what it serves them.</summary>
internal sealed record FlagRuleDefinition
{
    public required Guid Id { get; init; }

    public string? Name { get; init; }

    public Guid? AudienceId { get; init; }

    public TargetingRuleDocument[] TargetingRules { get; init; } = [];

    public ScheduleDefinition? Schedule { get; init; }

    /// <summary>All of them have to hold.</summary>
    public IReadOnlyList<PrerequisiteDefinition> Prerequisites { get; init; } = [];

    /// <summary>Exactly one of this, <see cref="ExperimentId"/> and <see cref="Split"/> is set, or none: the caller's fallback.</summary>
    public Guid? VariantId { get; init; }

    /// <summary>Serves the split of this experiment while it is running, and then its variants of the same keys.</summary>
    public Guid? ExperimentId { get; init; }

    public RuleSplitDefinition? Split { get; init; }
}
