using Experiments.Client.Targeting;

namespace Experiments.Control.Definitions;

/// <summary>An experiment with its variants and allocations: one document, so that a change to any part is one write.</summary>
internal sealed record ExperimentDefinition : IDefinition
{
    public required Guid Id { get; init; }

    public required Guid EnvironmentId { get; init; }

    string IDefinition.UniqueName => Key;

    public required string Key { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Given once; changing it would reassign every user.</summary>
    public required string Salt { get; init; }

    public ExperimentStatus Status { get; init; }

    public Guid? AudienceId { get; init; }

    public TargetingRuleDocument[] TargetingRules { get; init; } = [];

    /// <summary>In creation order.</summary>
    public IReadOnlyList<VariantDefinition> Variants { get; init; } = [];

    /// <summary>By range start; no two overlap.</summary>
    public IReadOnlyList<AllocationDefinition> Allocations { get; init; } = [];

    /// <summary>What the allocations are derived from; null where they were given as ranges.</summary>
    public SplitDefinition? Split { get; init; }

    /// <summary>The attribute whose value is hashed; null is the user key.</summary>
    public string? Unit { get; init; }

    public ScheduleDefinition? Schedule { get; init; }

    // Written since the second format of the database: what was stored before has none of these, which the reader of JSON passes on as
    // null.

    /// <summary>All of them have to hold.</summary>
    public IReadOnlyList<PrerequisiteDefinition> Prerequisites { get; init => field = value ?? []; } = [];

    /// <summary>By user key, before everything else.</summary>
    public IReadOnlyList<OverrideDefinition> Overrides { get; init => field = value ?? []; } = [];

    /// <summary>In ordinal order, each once.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Order of insertion, given by the store: snapshots list experiments by it, lists break ties by it.</summary>
    public long Sequence { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
