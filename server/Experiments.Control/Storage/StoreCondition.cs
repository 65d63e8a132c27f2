namespace Experiments.Control.Storage;

/// <summary>Where a definition store keeps its data, and how much there is.</summary>
/// <param name="Location">For people.</param>
/// <param name="Bytes">Size of all of it.</param>
/// <param name="FreeBytes">How much more fits where it is; null where that cannot be told.</param>
internal sealed record StoreCondition(string Location, long Bytes, long? FreeBytes);
