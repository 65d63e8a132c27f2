using System.Runtime.InteropServices;

namespace Experiments.Control.Splits;

/// <summary>Who was assigned a variant and would change, as exact shares of all users.</summary>
/// <param name="MovedShare">Of all users; the sum of the moves.</param>
/// <param name="Moves">Each pair of variants once, by the lowest bucket that moves so; where two start at one bucket, those who leave
/// come last.</param>
internal sealed record SplitPreview(decimal MovedShare, IReadOnlyList<SplitMove> Moves)
{
    private const long Buckets = BucketRange.BucketCount;

    // Pairs of layer buckets, of the layer before and after, times pairs of buckets of the split.
    private const decimal Whole = (decimal)Buckets * Buckets * Buckets * Buckets;

    public static SplitPreview Compare(SplitSituation before, SplitSituation after)
    {
        // Out of 10^8, so that two layers, which are independent of each other, are exact as well.
        long staying = before.LayerHash is { } from && after.LayerHash is { } to && from != to
            ? (long)before.Held.Count * after.Held.Count
            : before.Held.Intersect(after.Held).Count * Buckets;
        long leaving = (before.Held.Count * Buckets) - staying;

        Dictionary<(Guid From, Guid? To), Tally> tallies = [];
        bool isSameHash = before.Hash == after.Hash;
        foreach ((Guid variantId, BucketRange buckets, Guid? next, long pairs) in isSameHash
            ? Pairs(before.Map, after.Map)
            : IndependentPairs(before.Map, after.Map))
        {
            Add(variantId, null, leaving);
            Add(variantId, next, next == variantId ? 0 : staying);

            void Add(Guid had, Guid? gets, long users)
            {
                if (users > 0)
                {
                    ref Tally? tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, (had, gets), out _);
                    tally ??= new Tally(buckets.Start);
                    tally.Users += users * pairs;
                }
            }
        }

        SplitMove[] moves = [.. tallies
            .OrderBy(static pair => pair.Value.FirstBucket)
            .ThenBy(static pair => pair.Key.To is null)
            .Select(static pair => new SplitMove(pair.Key.From, pair.Key.To, pair.Value.Users / Whole))];
        return new SplitPreview(tallies.Values.Sum(static tally => tally.Users) / Whole, moves);
    }

    /// <summary>With another hash, each bucket before meets each bucket after, those of nobody included.</summary>
    private static IEnumerable<(Guid VariantId, BucketRange Buckets, Guid? Next, long Pairs)> IndependentPairs(BucketMap before, BucketMap after)
    {
        long nobody = Buckets - after.Ranges.Sum(static range => (long)range.Buckets.Count);
        foreach ((Guid variantId, BucketRange buckets) in before.Ranges)
        {
            foreach ((Guid next, BucketRange met) in after.Ranges)
            {
                yield return (variantId, buckets, next, (long)buckets.Count * met.Count);
            }

            yield return (variantId, buckets, null, buckets.Count * nobody);
        }
    }

    /// <summary>The buckets that had a variant, ascending, cut where what they get changes; each meets itself only.</summary>
    private static IEnumerable<(Guid VariantId, BucketRange Buckets, Guid? Next, long Pairs)> Pairs(BucketMap before, BucketMap after)
    {
        IReadOnlyList<VariantRange> next = after.Ranges;
        int i = 0;
        foreach ((Guid variantId, BucketRange buckets) in before.Ranges)
        {
            for (int start = buckets.Start; start < buckets.End;)
            {
                while (i < next.Count && next[i].Buckets.End <= start)
                {
                    i++;
                }

                bool isIn = i < next.Count && next[i].Buckets.Start <= start;
                int change = isIn ? next[i].Buckets.End : i < next.Count ? next[i].Buckets.Start : buckets.End;
                int end = Math.Min(change, buckets.End);
                yield return (variantId, new BucketRange(start, end), isIn ? next[i].VariantId : null, (end - start) * Buckets);
                start = end;
            }
        }
    }

    /// <param name="firstBucket">Of those that move so.</param>
    private sealed class Tally(int firstBucket)
    {
        public int FirstBucket { get; } = firstBucket;

        /// <summary>Out of 10^16.</summary>
        public long Users { get; set; }
    }
}
