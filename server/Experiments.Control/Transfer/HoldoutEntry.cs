namespace Experiments.Control.Transfer;

/// <summary>A holdout in a document.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Tag">Null is everything.</param>
/// <param name="Share">0 to 1 in steps of 0.0001.</param>
/// <param name="Salt">Null keeps the one that is there, or makes one.</param>
internal sealed record HoldoutEntry(string Name, string? Tag, decimal Share, string? Salt);
