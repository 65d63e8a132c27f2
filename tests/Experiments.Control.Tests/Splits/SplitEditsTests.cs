using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>What holds after every edit of a split, whatever came before: counts, movement, and that the preview told the truth.</summary>
public sealed class SplitEditsTests
{
    private const string Salt = "6f1ed002-ab55-4d2e-9f6b-3a1c5e7d9b02";

    // Long enough to leave buckets in many pieces.
    private const int EditsPerSplit = 100;

    private static readonly int[] s_userBuckets = SplitUsers.BucketsOf(Salt);
    private static readonly int[] s_usersByBucket = CountUsers();

    private static int Splits => LongRun.Count(5, full: 100);

    [Fact]
    public void Plan_RandomEdits_CoverExactlyAndMoveTheFewest() => ForEveryEdit(static (before, after, edits) =>
    {
        int[] targets = Apportionment.Webster([.. edits.Weights.Select(static weight => weight.Weight)], edits.Coverage.Buckets);
        Dictionary<Guid, int> expected = edits.Weights.Zip(targets).ToDictionary(static pair => pair.First.VariantId, static pair => pair.Second);
        Dictionary<Guid, int> had = CountVariants(before);
        Dictionary<Guid, int> has = CountVariants(after);
        int lost = had.Sum(pair => Math.Max(0, pair.Value - expected.GetValueOrDefault(pair.Key)));
        int gained = expected.Sum(pair => Math.Max(0, pair.Value - had.GetValueOrDefault(pair.Key)));

        Assert.Equal(edits.Coverage.Buckets, after.Count(static variant => variant is not null));
        Assert.Equal(expected.Where(static pair => pair.Value > 0).ToDictionary(), has);

        // The lower bounds: whoever plans, a variant with fewer buckets than before has lost the difference.
        Assert.Equal(lost, before.Zip(after).Count(static pair => pair.First is not null && pair.First != pair.Second));
        Assert.Equal(Math.Max(lost, gained), before.Zip(after).Count(static pair => pair.First != pair.Second));
        Assert.True(edits.Last != SplitEdit.RaiseCoverage || lost == 0);
    });

    [Fact]
    public void Compare_RandomEdits_CountsWhatABucketByBucketLookFinds() => ForEveryMap(static (before, after) =>
    {
        Dictionary<(Guid From, Guid? To), int> counts = [];
        List<(Guid From, Guid? To)> order = [];
        for (int bucket = 0; bucket < BucketRange.BucketCount; bucket++)
        {
            if (before.VariantOf(bucket) is { } from && after.VariantOf(bucket) is var to && from != to)
            {
                counts[(from, to)] = counts.GetValueOrDefault((from, to)) + 1;
                order.AddRange(counts[(from, to)] == 1 ? [(from, to)] : []);
            }
        }

        SplitPreview preview = SplitPreview.Compare(new SplitSituation(before), new SplitSituation(after));

        Assert.Equal(order.Select(move => new SplitMove(move.From, move.To, counts[move] / 10_000m)), preview.Moves);
        Assert.Equal(counts.Values.Sum() / 10_000m, preview.MovedShare);
    });

    [Fact]
    public void Compare_RandomEdits_IsWhatHundredThousandUsersDo() => ForEveryEdit(static (before, after, edits) =>
    {
        int moved = 0;
        foreach (int bucket in s_userBuckets)
        {
            moved += before[bucket] is not null && before[bucket] != after[bucket] ? 1 : 0;
        }

        SplitPreview preview = SplitPreview.Compare(new SplitSituation(ToMap(before)), new SplitSituation(ToMap(after)));
        int movedBuckets = 0;
        int usersInMovedBuckets = 0;
        for (int bucket = 0; bucket < BucketRange.BucketCount; bucket++)
        {
            if (before[bucket] is not null && before[bucket] != after[bucket])
            {
                movedBuckets++;
                usersInMovedBuckets += s_usersByBucket[bucket];
            }
        }

        Assert.Equal(movedBuckets / 10_000m, preview.MovedShare);
        Assert.Equal(usersInMovedBuckets, moved);
        double share = (double)preview.MovedShare;
        Assert.True(
            Math.Abs(moved - (share * SplitUsers.Count)) <= SplitUsers.Tolerance(share), $"{edits.Last}: {moved} users, {share} of all");
    });

    [Fact]
    public void Plan_TheSameAgain_ChangesNothing()
    {
        Random random = new(5);
        SplitEdits edits = new(random);
        BucketMap map = BucketMap.Empty;
        for (int i = 0; i < EditsPerSplit; i++)
        {
            edits.Next();
            map = SplitPlanner.Plan(map, edits.Weights, edits.Coverage);

            Assert.Equal(map, SplitPlanner.Plan(map, edits.Weights, edits.Coverage));
        }
    }

    private static void ForEveryMap(Action<BucketMap, BucketMap> assert) =>
        ForEveryEdit((before, after, _) => assert(ToMap(before), ToMap(after)));

    /// <summary>The same edits for each test: every second split starts from allocations made by hand.</summary>
    private static void ForEveryEdit(Action<Guid?[], Guid?[], SplitEdits> assert)
    {
        for (int split = 0; split < Splits; split++)
        {
            Random random = new(split);
            SplitEdits edits = new(random);
            BucketMap map = split % 2 == 0 ? BucketMap.Empty : ByHand(random);
            Guid?[] before = ToBuckets(map);
            for (int edit = 0; edit < EditsPerSplit; edit++)
            {
                edits.Next();
                map = SplitPlanner.Plan(map, edits.Weights, edits.Coverage);
                Guid?[] after = ToBuckets(map);
                assert(before, after, edits);
                before = after;
            }
        }
    }

    private static BucketMap ByHand(Random random)
    {
        int[] cuts = [.. Enumerable.Range(0, 8).Select(_ => random.Next(BucketRange.BucketCount + 1)).Order()];
        return BucketMap.From(cuts.Zip(cuts[1..]).Where((_, i) => i != 3)
            .Select((cut, i) => new VariantRange(new Guid(i % 3, 0, 0, new byte[8]), new BucketRange(cut.First, cut.Second))));
    }

    private static Guid?[] ToBuckets(BucketMap map)
    {
        Guid?[] buckets = new Guid?[BucketRange.BucketCount];
        foreach ((Guid variantId, BucketRange range) in map.Ranges)
        {
            Array.Fill(buckets, variantId, range.Start, range.Count);
        }

        return buckets;
    }

    private static BucketMap ToMap(Guid?[] buckets) => BucketMap.From(buckets
        .Select(static (variant, bucket) => (variant, bucket))
        .Where(static pair => pair.variant is not null)
        .Select(static pair => new VariantRange(pair.variant!.Value, new BucketRange(pair.bucket, pair.bucket + 1))));

    private static Dictionary<Guid, int> CountVariants(Guid?[] buckets) => buckets
        .OfType<Guid>()
        .CountBy(static variantId => variantId)
        .ToDictionary();

    private static int[] CountUsers()
    {
        int[] counts = new int[BucketRange.BucketCount];
        foreach (int bucket in s_userBuckets)
        {
            counts[bucket]++;
        }

        return counts;
    }
}
