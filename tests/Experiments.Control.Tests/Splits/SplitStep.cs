using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>One edit of a split: what the planner made of it, also bucket by bucket.</summary>
/// <param name="Edits">The state after it.</param>
/// <param name="VariantIds">By the numbers that <paramref name="BucketsBefore"/> and <paramref name="BucketsAfter"/> hold.</param>
/// <param name="BucketsBefore">The number of each bucket's variant; -1 for none.</param>
/// <param name="BucketsAfter">Likewise.</param>
internal sealed record SplitStep(
    SplitEdits Edits, BucketMap Before, BucketMap After, IReadOnlyList<Guid> VariantIds, int[] BucketsBefore, int[] BucketsAfter)
{
    public const int None = -1;

    private const int StepsPerSplit = 100;

    /// <summary>Random edits, the same on every call: 500, in the long run 10,000. Every second split starts from allocations made by hand.</summary>
    public static IEnumerable<SplitStep> Random()
    {
        for (int split = 0; split < LongRun.Count(5, full: 100); split++)
        {
            Random random = new(split);
            SplitEdits edits = new(random);
            BucketMap before = split % 2 == 0 ? BucketMap.Empty : ByHand(random);
            List<Guid> variantIds = [];
            int[] bucketsBefore = ToBuckets(before, variantIds);
            for (int i = 0; i < StepsPerSplit; i++)
            {
                edits.Next();
                BucketMap after = SplitPlanner.Plan(before, edits.Weights, edits.Coverage);
                int[] bucketsAfter = ToBuckets(after, variantIds);
                yield return new SplitStep(edits, before, after, variantIds, bucketsBefore, bucketsAfter);
                (before, bucketsBefore) = (after, bucketsAfter);
            }
        }
    }

    /// <summary>Whether a user in this bucket was assigned a variant and no longer is, or gets another.</summary>
    public bool Moves(int bucket) => BucketsBefore[bucket] != None && BucketsBefore[bucket] != BucketsAfter[bucket];

    private static BucketMap ByHand(Random random)
    {
        int[] cuts = [.. Enumerable.Range(0, 8).Select(_ => random.Next(BucketRange.BucketCount + 1)).Order()];
        return BucketMap.From(cuts.Zip(cuts[1..]).Where(static (_, i) => i != 3)
            .Select(static (cut, i) => new VariantRange(new Guid(i % 3, 0, 0, new byte[8]), new BucketRange(cut.First, cut.Second))));
    }

    private static int[] ToBuckets(BucketMap map, List<Guid> variantIds)
    {
        int[] buckets = new int[BucketRange.BucketCount];
        Array.Fill(buckets, None);
        foreach ((Guid variantId, BucketRange range) in map.Ranges)
        {
            int number = variantIds.IndexOf(variantId);
            if (number < 0)
            {
                number = variantIds.Count;
                variantIds.Add(variantId);
            }

            Array.Fill(buckets, number, range.Start, range.Count);
        }

        return buckets;
    }
}
