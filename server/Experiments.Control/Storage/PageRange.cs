namespace Experiments.Control.Storage;

/// <summary>Which part of a list.</summary>
internal readonly record struct PageRange(long Skip, int Take)
{
    public static PageRange All => new(0, int.MaxValue);
}
