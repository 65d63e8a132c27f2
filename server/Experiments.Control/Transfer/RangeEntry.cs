namespace Experiments.Control.Transfer;

/// <summary>Buckets in a document, both ends inclusive.</summary>
internal sealed record RangeEntry(int RangeStart, int RangeEnd);
