namespace Experiments.Control.Splits;

/// <summary>Buckets to give away, in a given order.</summary>
/// <param name="ranges">Empty ones are passed over.</param>
internal sealed class BucketPool(IReadOnlyList<BucketRange> ranges)
{
    private int _range;

    // How many of the current range are gone.
    private int _taken;

    /// <summary>The next ones, and no longer in the pool; fewer where it runs out.</summary>
    public IReadOnlyList<BucketRange> Take(int count)
    {
        List<BucketRange> taken = [];
        while (count > 0 && _range < ranges.Count)
        {
            BucketRange range = ranges[_range];
            int start = range.Start + _taken;
            int end = start + Math.Min(range.End - start, count);
            taken.Add(new BucketRange(start, end));
            count -= end - start;
            _taken += end - start;
            if (end == range.End)
            {
                _range++;
                _taken = 0;
            }
        }

        return taken;
    }
}
