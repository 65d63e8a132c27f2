namespace Experiments.Control.Storage;

/// <summary>A part of a list, and how long the whole list is.</summary>
internal sealed record StorePage<T>(IReadOnlyList<T> Items, long Total);
