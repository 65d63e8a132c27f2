using Experiments.Client.Targeting;

namespace Experiments.Control.Transfer;

/// <summary>An experiment in a document.</summary>
internal sealed record ExperimentEntry
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>By its name on the wire.</summary>
    public required string Status { get; init; }

    /// <summary>Null keeps the one that is there, or makes one.</summary>
    public string? Salt { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Name of the audience.</summary>
    public string? Audience { get; init; }

    public TargetingRuleDocument[]? TargetingRules { get; init; }

    public IReadOnlyList<ExperimentVariantEntry>? Variants { get; init; }

    /// <summary>By weights; this or <see cref="Allocations"/>, or neither.</summary>
    public SplitEntry? Split { get; init; }

    /// <summary>As ranges.</summary>
    public IReadOnlyList<AllocationEntry>? Allocations { get; init; }

    public string? Unit { get; init; }

    public ScheduleEntry? Schedule { get; init; }

    public IReadOnlyList<PrerequisiteEntry>? Prerequisites { get; init; }

    public IReadOnlyList<OverrideEntry>? Overrides { get; init; }
}
