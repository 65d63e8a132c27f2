namespace Experiments.Control.Operations;

/// <summary>A range of buckets 0..9999, both ends inclusive, for one variant.</summary>
internal sealed record AllocationInput(Guid VariantId, int RangeStart, int RangeEnd);
