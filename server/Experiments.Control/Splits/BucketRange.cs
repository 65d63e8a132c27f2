namespace Experiments.Control.Splits;

/// <summary>Neighbouring buckets: from <see cref="Start"/> to the one before <see cref="End"/>, as in the format of flags. Allocations
/// include both ends: <see cref="Inclusive"/> and <see cref="Last"/> are the way there and back.</summary>
internal readonly record struct BucketRange
{
    /// <summary>Number of buckets of a hash, whether an experiment's or a layer's.</summary>
    public const int BucketCount = 10_000;

    /// <param name="start">0 to <paramref name="end"/>.</param>
    /// <param name="end">The first bucket after it; at most <see cref="BucketCount"/>.</param>
    public BucketRange(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, BucketCount);
        Start = start;
        End = end;
    }

    public int Start { get; }

    /// <summary>The first bucket after it.</summary>
    public int End { get; }

    public int Count => End - Start;

    /// <summary>The last bucket in it; of an empty range the one before it starts.</summary>
    public int Last => End - 1;

    public static BucketRange Inclusive(int first, int last) => new(first, last + 1);
}
