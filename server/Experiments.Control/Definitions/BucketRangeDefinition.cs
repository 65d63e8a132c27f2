namespace Experiments.Control.Definitions;

/// <summary>Buckets, both ends inclusive.</summary>
internal sealed record BucketRangeDefinition
{
    public required int RangeStart { get; init; }

    public required int RangeEnd { get; init; }
}
