using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class SplitPlannerTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();
    private static readonly Guid C = Guid.NewGuid();

    [Fact]
    public void Plan_OfNothing_GivesTheLowestBucketsInCreationOrder() =>
        Assert.Equal([Range(A, 0, 3334), Range(B, 3334, 6667), Range(C, 6667, 10_000)], Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1), (C, 1)).Ranges);

    [Fact]
    public void Plan_MoreCoverage_AddsFreeBucketsOnly()
    {
        BucketMap tenth = Plan(BucketMap.Empty, 1000, (A, 1), (B, 1));

        BucketMap fifth = Plan(tenth, 2000, (A, 1), (B, 1));

        Assert.Equal([Range(A, 0, 500), Range(B, 500, 1000), Range(A, 1000, 1500), Range(B, 1500, 2000)], fifth.Ranges);
    }

    [Fact]
    public void Plan_LessCoverage_FreesTheHighestOfEachVariant() =>
        Assert.Equal([Range(A, 0, 500), Range(B, 5000, 5500)], Plan(Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1)), 1000, (A, 1), (B, 1)).Ranges);

    [Fact]
    public void Plan_OtherWeights_MovesTheDifference() =>
        Assert.Equal(
            [Range(A, 0, 5000), Range(B, 5000, 7500), Range(A, 7500, 10_000)],
            Plan(Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1)), 10_000, (A, 3), (B, 1)).Ranges);

    [Fact]
    public void Plan_SameRatioInOtherNumbers_IsTheSameMap()
    {
        BucketMap map = Plan(BucketMap.Empty, 4321, (A, 1), (B, 2));

        Assert.Equal(map, Plan(map, 4321, (A, 50), (B, 100)));
    }

    [Fact]
    public void Plan_VariantAdded_TakesEvenlyFromTheOthers() =>
        Assert.Equal(
            [Range(A, 0, 3334), Range(C, 3334, 5000), Range(B, 5000, 8333), Range(C, 8333, 10_000)],
            Plan(Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1)), 10_000, (A, 1), (B, 1), (C, 1)).Ranges);

    [Fact]
    public void Plan_VariantNotListed_LosesItsBucketsToTheOthers() =>
        Assert.Equal(
            [Range(A, 0, 6667), Range(C, 6667, 10_000)],
            Plan(BucketMap.From([Range(A, 0, 5000), Range(B, 5000, 6667), Range(C, 6667, 10_000)]), 10_000, (A, 2), (C, 1)).Ranges);

    [Fact]
    public void Plan_LessCoverageAndOtherWeights_ReusesLostBucketsAndFreesTheRest() =>
        Assert.Equal(
            [Range(A, 0, 4000), Range(B, 5000, 6000)],
            Plan(Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1)), 5000, (A, 4), (B, 1)).Ranges);

    [Fact]
    public void Plan_NoWeightsOrNoCoverage_IsNobody()
    {
        BucketMap map = Plan(BucketMap.Empty, 10_000, (A, 1), (B, 1));

        Assert.Equal(BucketMap.Empty, Plan(map, 10_000));
        Assert.Equal(BucketMap.Empty, Plan(map, 0, (A, 1), (B, 1)));
    }

    [Fact]
    public void Plan_CoverageFrom10To11BucketsOf662_TakesNoneBack()
    {
        // Largest remainders would give 4, 4, 2 of ten and 5, 5, 1 of eleven.
        BucketMap ten = Plan(BucketMap.Empty, 10, (A, 6), (B, 6), (C, 2));
        BucketMap eleven = Plan(ten, 11, (A, 6), (B, 6), (C, 2));

        Assert.Empty(SplitPreview.Compare(new SplitSituation(ten), new SplitSituation(eleven)).Moves);
    }

    [Fact]
    public void Plan_OtherIdsInTheSameOrder_IsTheSameLayout()
    {
        // Neither ids nor anything sorted by them decides which buckets a variant has.
        Random random = new(1);
        SplitEdits edits = new(random);
        Dictionary<Guid, Guid> renamed = [];
        BucketMap map = BucketMap.Empty;
        BucketMap other = BucketMap.Empty;
        for (int i = 0; i < 100; i++)
        {
            edits.Next();
            foreach (VariantWeight weight in edits.Weights)
            {
                renamed.TryAdd(weight.VariantId, Guid.NewGuid());
            }

            map = SplitPlanner.Plan(map, edits.Weights, edits.Coverage);
            other = SplitPlanner.Plan(
                other, [.. edits.Weights.Select(weight => weight with { VariantId = renamed[weight.VariantId] })], edits.Coverage);

            Assert.Equal(other, BucketMap.From(map.Ranges.Select(range => range with { VariantId = renamed[range.VariantId] })));
        }
    }

    [Fact]
    public void Shrink_EveryCoverage_IsContainedInTheNextAndHasTheWeightsOfItsOwn()
    {
        Random random = new(2);
        for (int round = 0; round < LongRun.Count(3, full: 30); round++)
        {
            (BucketMap full, SplitEdits edits) = Edited(random, edits: 20);
            long[] weights = [.. edits.Weights.Select(static weight => weight.Weight)];
            BucketMap before = BucketMap.Empty;
            for (int buckets = 0; buckets <= edits.Coverage.Buckets; buckets += random.Next(1, 40))
            {
                var coverage = Coverage.FromBuckets(buckets);

                BucketMap part = SplitPlanner.Shrink(full, edits.Weights, coverage);

                Assert.Equal(Apportionment.Webster(weights, buckets), edits.Weights.Select(weight => part.CountOf(weight.VariantId)));
                Assert.Empty(SplitPreview.Compare(new SplitSituation(before), new SplitSituation(part)).Moves);
                Assert.True(part.Ranges.All(range => full.VariantOf(range.Buckets.Start) == range.VariantId));
                Assert.Equal(SplitPlanner.Plan(full, edits.Weights, coverage), part);
                before = part;
            }

            Assert.Equal(full, SplitPlanner.Shrink(full, edits.Weights, edits.Coverage));
            Assert.Equal(full, SplitPlanner.Shrink(full, edits.Weights, Coverage.Full));
        }
    }

    [Fact]
    public void Plan_ThousandVariants_GivesEachItsShare()
    {
        VariantWeight[] weights = [.. Enumerable.Range(0, 1000).Select(static _ => new VariantWeight(Guid.NewGuid(), 1_000_000_000))];

        BucketMap map = SplitPlanner.Plan(BucketMap.Empty, weights, Coverage.Full);

        Assert.Equal(1000, map.Ranges.Count);
        Assert.All(map.Ranges, static range => Assert.Equal(10, range.Buckets.Count));
    }

    [Fact]
    public void Plan_VariantListedTwice_Throws() => Assert.Throws<ArgumentException>(() => Plan(BucketMap.Empty, 10, (A, 1), (A, 1)));

    private static (BucketMap Map, SplitEdits Edits) Edited(Random random, int edits)
    {
        SplitEdits state = new(random);
        BucketMap map = BucketMap.Empty;
        for (int i = 0; i < edits; i++)
        {
            state.Next();
            map = SplitPlanner.Plan(map, state.Weights, state.Coverage);
        }

        return (map, state);
    }

    private static BucketMap Plan(BucketMap current, int buckets, params (Guid Id, long Weight)[] weights) => SplitPlanner.Plan(
        current, [.. weights.Select(static weight => new VariantWeight(weight.Id, weight.Weight))], Coverage.FromBuckets(buckets));

    private static VariantRange Range(Guid variantId, int start, int end) => new(variantId, new BucketRange(start, end));
}
