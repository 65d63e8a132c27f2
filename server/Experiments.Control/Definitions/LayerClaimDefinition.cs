namespace Experiments.Control.Definitions;

/// <summary>Buckets of a layer that one experiment, or one rule of a flag, holds.</summary>
internal sealed record LayerClaimDefinition
{
    /// <summary>Of the experiment or rule.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Key of the experiment or flag, for people.</summary>
    public required string Key { get; init; }

    /// <summary>Sorted.</summary>
    public required IReadOnlyList<BucketRangeDefinition> Ranges { get; init; }

    public bool Equals(LayerClaimDefinition? other) =>
        other is not null && OwnerId == other.OwnerId && Key == other.Key && Ranges.SequenceEqual(other.Ranges);

    public override int GetHashCode() => HashCode.Combine(OwnerId, Key, Ranges.Count);
}
