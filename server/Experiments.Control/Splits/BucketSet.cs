using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.Control.Splits;

/// <summary>Some of the 10,000 buckets of a hash. Immutable.</summary>
internal sealed class BucketSet : IEquatable<BucketSet>
{
    private const int WordBits = 64;
    private const int WordCount = (BucketRange.BucketCount + WordBits - 1) / WordBits;

    // One bit for each bucket; those past the last bucket are never set.
    private readonly ulong[] _words;

    private BucketSet(ulong[] words)
    {
        _words = words;
        foreach (ulong word in words)
        {
            Count += BitOperations.PopCount(word);
        }
    }

    public static BucketSet Nobody { get; } = new(new ulong[WordCount]);

    /// <summary>All buckets: what an experiment without a layer holds.</summary>
    public static BucketSet Everybody { get; } = From([new BucketRange(0, BucketRange.BucketCount)]);

    /// <summary>Number of buckets in it.</summary>
    public int Count { get; }

    /// <param name="ranges">In any order; they may overlap.</param>
    public static BucketSet From(IEnumerable<BucketRange> ranges)
    {
        ulong[] words = new ulong[WordCount];
        foreach (BucketRange range in ranges)
        {
            for (int bucket = range.Start; bucket < range.End; bucket++)
            {
                words[bucket / WordBits] |= 1UL << (bucket % WordBits);
            }
        }

        return new BucketSet(words);
    }

    public bool Contains(int bucket) => (_words[bucket / WordBits] >> (bucket % WordBits) & 1) != 0;

    /// <summary>Ascending, as few as possible, none empty.</summary>
    public IReadOnlyList<BucketRange> ToRanges()
    {
        List<BucketRange> ranges = [];
        for (int bucket = 0; bucket < BucketRange.BucketCount;)
        {
            if (!Contains(bucket))
            {
                bucket++;
                continue;
            }

            int start = bucket;
            while (bucket < BucketRange.BucketCount && Contains(bucket))
            {
                bucket++;
            }

            ranges.Add(new BucketRange(start, bucket));
        }

        return ranges;
    }

    public BucketSet Union(BucketSet other) => Combine(other, static (mine, theirs) => mine | theirs);

    public BucketSet Intersect(BucketSet other) => Combine(other, static (mine, theirs) => mine & theirs);

    public BucketSet Except(BucketSet other) => Combine(other, static (mine, theirs) => mine & ~theirs);

    /// <summary>The lowest of its buckets.</summary>
    /// <param name="count">All of them where there are no more.</param>
    public BucketSet Lowest(int count)
    {
        ulong[] words = new ulong[WordCount];
        int left = count;
        for (int i = 0; i < WordCount && left > 0; i++)
        {
            ulong rest = _words[i];
            for (; rest != 0 && left > 0; left--)
            {
                words[i] |= rest & (~rest + 1);
                rest &= rest - 1;
            }
        }

        return new BucketSet(words);
    }

    /// <summary>The lowest of its buckets, those in <paramref name="first"/> before all others.</summary>
    /// <param name="count">All of them where there are no more.</param>
    /// <param name="first">May hold others too.</param>
    public BucketSet Lowest(int count, BucketSet first)
    {
        BucketSet preferred = Intersect(first).Lowest(count);
        return preferred.Union(Except(first).Lowest(count - preferred.Count));
    }

    public bool Equals(BucketSet? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    public override bool Equals(object? obj) => Equals(obj as BucketSet);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(MemoryMarshal.AsBytes(_words.AsSpan()));
        return hash.ToHashCode();
    }

    private BucketSet Combine(BucketSet other, Func<ulong, ulong, ulong> operation)
    {
        ulong[] words = new ulong[WordCount];
        for (int i = 0; i < WordCount; i++)
        {
            words[i] = operation(_words[i], other._words[i]);
        }

        return new BucketSet(words);
    }
}
