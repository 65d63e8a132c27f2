namespace Experiments.Control.Transfer;

/// <summary>A split by weights in a document, of an experiment or of a rule.</summary>
internal sealed record SplitEntry
{
    /// <summary>By key of the variant.</summary>
    public required Dictionary<string, long> Weights { get; init; }

    /// <summary>0 to 1 in steps of 0.0001.</summary>
    public required decimal Coverage { get; init; }

    public IReadOnlyList<RampStepEntry>? Ramp { get; init; }

    /// <summary>Name of the layer.</summary>
    public string? Layer { get; init; }

    /// <summary>Buckets of the layer that it holds; null keeps those that it has, or takes free ones. Weights and coverage decide how many.</summary>
    public IReadOnlyList<RangeEntry>? Claim { get; init; }

    /// <summary>Buckets that are in before the others of their variant, as long as a ramp has steps to go; null is the lowest.</summary>
    public IReadOnlyList<RangeEntry>? Entered { get; init; }

    /// <summary>Of a rule; an experiment has its own.</summary>
    public string? Unit { get; init; }

    /// <summary>Of a rule; an experiment has its own. Null keeps the one that is there, or makes one.</summary>
    public string? Salt { get; init; }

    /// <summary>Which buckets the variants have to begin with; null is those that they have. Weights and coverage decide how many each gets,
    /// and no more are moved than that takes.</summary>
    public IReadOnlyList<AllocationEntry>? Allocations { get; init; }
}
