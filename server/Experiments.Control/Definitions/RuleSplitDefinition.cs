namespace Experiments.Control.Definitions;

/// <summary>A split that a rule serves.</summary>
internal sealed record RuleSplitDefinition
{
    /// <summary>Given once; changing it would reassign every user.</summary>
    public required string Salt { get; init; }

    /// <summary>The attribute whose value is hashed; null is the user key.</summary>
    public string? Unit { get; init; }

    public required SplitDefinition Weights { get; init; }

    /// <summary>By range start; no two overlap.</summary>
    public required IReadOnlyList<AllocationDefinition> Allocations { get; init; }
}
