namespace Experiments.Control.Storage;

/// <summary>A part of a list, and how long the whole list is.</summary>
internal sealed record StorePage<T>(IReadOnlyList<T> Items, long Total)
{
    public static StorePage<T> Of(IReadOnlyList<T> all, PageRange range) =>
        new([.. all.Skip((int)Math.Min(range.Skip, all.Count)).Take(range.Take)], all.Count);
}
