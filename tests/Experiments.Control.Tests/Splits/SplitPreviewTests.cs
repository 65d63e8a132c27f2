using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class SplitPreviewTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();
    private static readonly Guid C = Guid.NewGuid();
    private const string Layer = "layer";

    [Fact]
    public void Compare_SameSituation_MovesNobody()
    {
        SplitPreview preview = SplitPreview.Compare(new SplitSituation(Halves()), new SplitSituation(Halves()));

        Assert.Equal(0m, preview.MovedShare);
        Assert.Empty(preview.Moves);
    }

    [Fact]
    public void Compare_NewlyCoveredUsers_HaveNotMoved() =>
        Assert.Equal(0m, SplitPreview.Compare(new SplitSituation(BucketMap.Empty), new SplitSituation(Halves())).MovedShare);

    [Fact]
    public void Compare_MovesToVariantsAndOut_AreListedByFirstBucket()
    {
        BucketMap after = BucketMap.From([Range(C, 100, 225), Range(A, 300, 5000), Range(A, 7500, 10_000)]);

        SplitPreview preview = SplitPreview.Compare(new SplitSituation(Halves()), new SplitSituation(after));

        Assert.Equal(
            [new SplitMove(A, null, 0.0175m), new SplitMove(A, C, 0.0125m), new SplitMove(B, null, 0.25m), new SplitMove(B, A, 0.25m)],
            preview.Moves);
        Assert.Equal(0.53m, preview.MovedShare);
        Assert.Equal("0.53 0.0175", $"{preview.MovedShare} {preview.Moves[0].Share}");
    }

    [Fact]
    public void Compare_IntoALayer_PutsOutThoseWhoseLayerBucketIsNotHeld()
    {
        SplitSituation layered = new(Halves(), Layer, Set(0, 3000));

        SplitPreview preview = SplitPreview.Compare(new SplitSituation(Halves()), layered);

        Assert.Equal([new SplitMove(A, null, 0.35m), new SplitMove(B, null, 0.35m)], preview.Moves);
        Assert.Equal(0.7m, preview.MovedShare);
    }

    [Fact]
    public void Compare_OutOfALayer_MovesNobody() => Assert.Equal(
        0m, SplitPreview.Compare(new SplitSituation(Halves(), Layer, Set(0, 3000)), new SplitSituation(Halves())).MovedShare);

    [Fact]
    public void Compare_LessOfALayerAndOtherWeights_SharesAreProducts()
    {
        SplitSituation before = new(Halves(), Layer, Set(0, 3333));
        SplitSituation after = new(BucketMap.From([Range(A, 0, 4999), Range(B, 4999, 10_000)]), Layer, Set(1, 3334));

        SplitPreview preview = SplitPreview.Compare(before, after);

        // 3332 of the 3333 layer buckets stay, one leaves.
        Assert.Equal(
            [new SplitMove(A, null, 0.00005m), new SplitMove(A, B, 0.00003332m), new SplitMove(B, null, 0.00005m)], preview.Moves);
        Assert.Equal(0.00013332m, preview.MovedShare);
    }

    [Fact]
    public void Compare_AnotherLayer_CountsTheTwoAsIndependent()
    {
        SplitPreview preview = SplitPreview.Compare(
            new SplitSituation(Halves(), Layer, Set(0, 5000)), new SplitSituation(Halves(), "other", Set(0, 1001)));

        // Half of all users were in; 0.1001 of those are in the other layer's buckets too.
        Assert.Equal([new SplitMove(A, null, 0.224975m), new SplitMove(B, null, 0.224975m)], preview.Moves);
    }

    [Fact]
    public void Compare_WhereAllLeaveALayer_EveryVariantMovesOutOnly()
    {
        SplitPreview preview = SplitPreview.Compare(
            new SplitSituation(Halves(), Layer, Set(0, 10)),
            new SplitSituation(BucketMap.From([Range(B, 0, 5000), Range(A, 5000, 10_000)]), Layer, Set(10, 20)));

        Assert.Equal([new SplitMove(A, null, 0.0005m), new SplitMove(B, null, 0.0005m)], preview.Moves);
    }

    [Fact]
    public void Compare_RandomLayeredChanges_AreWhatEveryPairOfBucketsDoes()
    {
        Random random = new(1);
        for (int round = 0; round < LongRun.Count(25, full: 2000); round++)
        {
            SplitSituation before = RandomSituation(random);
            SplitSituation after = RandomSituation(random);

            SplitPreview preview = SplitPreview.Compare(before, after);

            Dictionary<(Guid From, Guid? To), decimal> expected = Count(before, after);
            Assert.Equal(expected, preview.Moves.ToDictionary(static move => (move.From, move.To), static move => move.Share));
            Assert.Equal(expected.Values.Sum(), preview.MovedShare);
        }
    }

    [Fact]
    public void Compare_LayeredChange_IsNearWhatUsersDo()
    {
        Random random = new(2);
        int[] inLayer = SplitUsers.BucketsOf("layer-c1a7");
        int[] inSplit = SplitUsers.BucketsOf("9b0d6c0e-4f5a-4c1b-8a55-7e1a3b9d2c44");
        for (int round = 0; round < LongRun.Count(6, full: 100); round++)
        {
            SplitSituation before = RandomSituation(random) with { LayerHash = Layer };
            SplitSituation after = RandomSituation(random) with { LayerHash = Layer };
            int moved = Enumerable.Range(0, SplitUsers.Count).Count(user =>
                VariantOf(before, inLayer[user], inSplit[user]) is { } from && from != VariantOf(after, inLayer[user], inSplit[user]));

            double share = (double)SplitPreview.Compare(before, after).MovedShare;

            Assert.True(Math.Abs(moved - (share * SplitUsers.Count)) <= SplitUsers.Tolerance(share), $"{moved} users, {share} of all");
        }
    }

    private static Guid? VariantOf(SplitSituation situation, int layerBucket, int bucket) =>
        situation.Held.Contains(layerBucket) ? situation.Map.VariantOf(bucket) : null;

    /// <summary>Bucket by bucket, for each of the four ways in which a user's layer buckets can be held before and after.</summary>
    private static Dictionary<(Guid From, Guid? To), decimal> Count(SplitSituation before, SplitSituation after)
    {
        decimal wasIn = before.Held.Count / 10_000m;
        decimal stays = before.LayerHash is not null && after.LayerHash is not null && before.LayerHash != after.LayerHash
            ? wasIn * (after.Held.Count / 10_000m)
            : Enumerable.Range(0, 10_000).Count(bucket => before.Held.Contains(bucket) && after.Held.Contains(bucket)) / 10_000m;
        Dictionary<(Guid From, Guid? To), decimal> shares = [];
        for (int bucket = 0; bucket < BucketRange.BucketCount; bucket++)
        {
            if (before.Map.VariantOf(bucket) is { } from)
            {
                Guid? to = after.Map.VariantOf(bucket);
                shares[(from, to)] = shares.GetValueOrDefault((from, to)) + (from == to ? 0 : stays / 10_000);
                shares[(from, null)] = shares.GetValueOrDefault((from, null)) + ((wasIn - stays) / 10_000);
            }
        }

        return shares.Where(static pair => pair.Value > 0).ToDictionary();
    }

    private static SplitSituation RandomSituation(Random random)
    {
        SplitEdits edits = new(new Random(random.Next(3)));
        BucketMap map = BucketMap.Empty;
        for (int i = random.Next(10); i >= 0; i--)
        {
            edits.Next();
            map = SplitPlanner.Plan(map, edits.Weights, edits.Coverage);
        }

        int start = random.Next(BucketRange.BucketCount);
        return random.Next(3) switch
        {
            0 => new SplitSituation(map),
            1 => new SplitSituation(map, $"{Guid.NewGuid()}", Set(start, random.Next(start, BucketRange.BucketCount + 1))),
            _ => new SplitSituation(map, Layer, Set(start, random.Next(start, BucketRange.BucketCount + 1))),
        };
    }

    private static BucketMap Halves() => BucketMap.From([Range(A, 0, 5000), Range(B, 5000, 10_000)]);

    private static BucketSet Set(int start, int end) => BucketSet.From([new BucketRange(start, end)]);

    private static VariantRange Range(Guid variantId, int start, int end) => new(variantId, new BucketRange(start, end));
}
