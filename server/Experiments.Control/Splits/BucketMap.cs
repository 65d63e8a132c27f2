namespace Experiments.Control.Splits;

/// <summary>Which variant each of the 10,000 buckets gets, if any. Immutable; two that give every bucket the same are equal.</summary>
internal sealed class BucketMap : IEquatable<BucketMap>
{
    // Ascending, none empty, neighbours of one variant merged: so there is one form of each map, and equality compares it.
    private readonly VariantRange[] _ranges;

    private BucketMap(VariantRange[] ranges)
    {
        _ranges = ranges;
        Count = ranges.Sum(static range => range.Buckets.Count);
    }

    /// <summary>No bucket gets a variant.</summary>
    public static BucketMap Empty { get; } = new([]);

    /// <summary>Number of buckets that get a variant.</summary>
    public int Count { get; }

    /// <summary>Ascending, none empty, and as few as possible.</summary>
    public IReadOnlyList<VariantRange> Ranges => _ranges;

    /// <param name="ranges">In any order.</param>
    /// <exception cref="ArgumentException">Two of them overlap.</exception>
    public static BucketMap From(IEnumerable<VariantRange> ranges)
    {
        VariantRange[] sorted = [.. ranges.Where(static range => range.Buckets.Count > 0)];
        Array.Sort(sorted, static (a, b) => a.Buckets.Start.CompareTo(b.Buckets.Start));
        List<VariantRange> merged = new(sorted.Length);
        foreach (VariantRange range in sorted)
        {
            if (merged.Count == 0 || merged[^1].Buckets.End < range.Buckets.Start)
            {
                merged.Add(range);
                continue;
            }

            VariantRange last = merged[^1];
            if (last.Buckets.End > range.Buckets.Start)
            {
                throw new ArgumentException($"Two ranges hold bucket {range.Buckets.Start}.", nameof(ranges));
            }

            if (last.VariantId == range.VariantId)
            {
                merged[^1] = new VariantRange(last.VariantId, new BucketRange(last.Buckets.Start, range.Buckets.End));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new BucketMap([.. merged]);
    }

    /// <summary>The variant of a bucket, or null.</summary>
    public Guid? VariantOf(int bucket)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            VariantRange range = _ranges[middle];
            if (bucket < range.Buckets.Start)
            {
                high = middle - 1;
            }
            else if (bucket >= range.Buckets.End)
            {
                low = middle + 1;
            }
            else
            {
                return range.VariantId;
            }
        }

        return null;
    }

    /// <summary>Number of buckets that get this variant.</summary>
    public int CountOf(Guid variantId) =>
        _ranges.Where(range => range.VariantId == variantId).Sum(static range => range.Buckets.Count);

    /// <summary>The buckets that get a variant.</summary>
    public BucketSet Covered() => BucketSet.From(_ranges.Select(static range => range.Buckets));

    /// <summary>The part of it in these buckets.</summary>
    public BucketMap Intersect(BucketSet buckets)
    {
        List<VariantRange> found = [];
        IReadOnlyList<BucketRange> parts = buckets.ToRanges();
        int first = 0;
        foreach ((Guid variantId, BucketRange range) in _ranges)
        {
            while (first < parts.Count && parts[first].End <= range.Start)
            {
                first++;
            }

            for (int i = first; i < parts.Count && parts[i].Start < range.End; i++)
            {
                found.Add(new VariantRange(
                    variantId, new BucketRange(Math.Max(parts[i].Start, range.Start), Math.Min(parts[i].End, range.End))));
            }
        }

        return new BucketMap([.. found]);
    }

    /// <summary>The part of it outside these buckets.</summary>
    public BucketMap Except(BucketSet buckets) => Intersect(BucketSet.Everybody.Except(buckets));

    /// <summary>The buckets that get no variant, ascending.</summary>
    public IReadOnlyList<BucketRange> Gaps()
    {
        List<BucketRange> gaps = [];
        int end = 0;
        foreach (VariantRange range in _ranges)
        {
            AddGap(range.Buckets.Start);
            end = range.Buckets.End;
        }

        AddGap(BucketRange.BucketCount);
        return gaps;

        void AddGap(int next)
        {
            if (next > end)
            {
                gaps.Add(new BucketRange(end, next));
            }
        }
    }

    public bool Equals(BucketMap? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as BucketMap);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (VariantRange range in _ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }
}
