using System.Text.Json.Serialization;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots;

/// <summary>An experiment on the wire.</summary>
internal sealed class ExperimentDocument
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    public required string Salt { get; init; }

    /// <summary>Key of the flag that decides it; null for an experiment of format 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Flag { get; init; }

    public required TargetingRuleDocument[] AudienceRules { get; init; }

    public required TargetingRuleDocument[] TargetingRules { get; init; }

    public required VariantDocument[] Variants { get; init; }

    public required AllocationDocument[] Allocations { get; init; }
}
