namespace Experiments.Control.Transfer;

/// <summary>A layer in a document; who holds which of its buckets is with the splits.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Unit">Null is the user key.</param>
/// <param name="Salt">Null keeps the one that is there, or makes one.</param>
internal sealed record LayerEntry(string Name, string? Unit, string? Salt);
