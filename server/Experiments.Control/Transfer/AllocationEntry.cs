namespace Experiments.Control.Transfer;

/// <summary>Buckets of a variant in a document, both ends inclusive.</summary>
internal sealed record AllocationEntry(string Variant, int RangeStart, int RangeEnd);
