namespace Experiments.Control.Definitions;

/// <summary>A split by weights: what its bucket ranges are derived from.</summary>
internal sealed record SplitDefinition
{
    /// <summary>Positive, relative to each other; in the variants' creation order, each once.</summary>
    public required IReadOnlyList<WeightDefinition> Weights { get; init; }

    /// <summary>Buckets that are in, 0 to 10,000; with a ramp, until its first step.</summary>
    public required int Coverage { get; init; }

    /// <summary>By time. The allocations are those of the largest coverage.</summary>
    public IReadOnlyList<RampStepDefinition> Ramp { get; init; } = [];

    /// <summary>The layer whose buckets are in, of which it holds a claim as large as the largest coverage; null where the split's own hash decides that too.</summary>
    public Guid? LayerId { get; init; }

    /// <summary>
    /// Buckets that are in before all others of their variant, of the layer where there is one: those who were in when weights or coverage
    /// changed while a ramp was under way. Empty where the lowest buckets are.
    /// </summary>
    public IReadOnlyList<BucketRangeDefinition> Entered { get; init => field = value ?? []; } = [];

    public bool Equals(SplitDefinition? other) => other is not null
        && Coverage == other.Coverage && LayerId == other.LayerId
        && Weights.SequenceEqual(other.Weights) && Ramp.SequenceEqual(other.Ramp) && Entered.SequenceEqual(other.Entered);

    public override int GetHashCode() => HashCode.Combine(Coverage, LayerId, Weights.Count, Ramp.Count);

    /// <summary>Buckets that are in at this time.</summary>
    public int CoverageAt(DateTimeOffset time) => Ramp.LastOrDefault(step => step.At <= time)?.Coverage ?? Coverage;

    /// <summary>The largest coverage there will be.</summary>
    public int LargestCoverage => Ramp.Select(static step => step.Coverage).Append(Coverage).Max();
}
