namespace Experiments.Control.Definitions;

/// <summary>A range of buckets, both ends inclusive, that gets one variant.</summary>
internal sealed record AllocationDefinition
{
    public required Guid Id { get; init; }

    public required Guid VariantId { get; init; }

    public required int RangeStart { get; init; }

    public required int RangeEnd { get; init; }
}
