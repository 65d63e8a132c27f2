using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>What holds after every edit of a split, whatever came before: counts, movement, and that the preview told the truth.</summary>
public sealed class SplitEditsTests
{
    private const string Salt = "6f1ed002-ab55-4d2e-9f6b-3a1c5e7d9b02";

    [Fact]
    public void Plan_RandomEdits_CoverExactlyAndMoveTheFewest()
    {
        foreach (SplitStep step in SplitStep.Random())
        {
            IReadOnlyList<VariantWeight> weights = step.Edits.Weights;
            int[] targets = Apportionment.Webster([.. weights.Select(static weight => weight.Weight)], step.Edits.Coverage.Buckets);
            Dictionary<Guid, int> expected = weights.Zip(targets).ToDictionary(static pair => pair.First.VariantId, static pair => pair.Second);
            int[] had = Count(step.BucketsBefore, step.VariantIds.Count);
            int[] has = Count(step.BucketsAfter, step.VariantIds.Count);

            // Which number of buckets each variant gets, and none that is not listed: so no overlap and no hole either.
            Assert.Equal(step.VariantIds.Select(id => expected.GetValueOrDefault(id)), has);
            Assert.Equal(step.Edits.Coverage.Buckets, has.Sum());

            // The lower bounds: whoever plans, a variant with fewer buckets than before has lost the difference, one with more won it.
            int lost = had.Zip(has, static (before, after) => Math.Max(0, before - after)).Sum();
            int won = had.Zip(has, static (before, after) => Math.Max(0, after - before)).Sum();
            (int moved, int changed) = (0, 0);
            for (int bucket = 0; bucket < BucketRange.BucketCount; bucket++)
            {
                moved += step.Moves(bucket) ? 1 : 0;
                changed += step.BucketsBefore[bucket] != step.BucketsAfter[bucket] ? 1 : 0;
            }

            Assert.Equal((lost, Math.Max(lost, won)), (moved, changed));
            Assert.Equal(step.After, SplitPlanner.Plan(step.After, weights, step.Edits.Coverage));
        }
    }

    [Fact]
    public void Plan_CoverageRaised_MovesNobody()
    {
        // The first edit of a split may find allocations that were made by hand, with other shares.
        int raised = 0;
        SplitEdits? split = null;
        foreach (SplitStep step in SplitStep.Random())
        {
            if (step.Edits == split && step.Edits.Last == SplitEdit.RaiseCoverage)
            {
                Assert.Empty(SplitPreview.Compare(new SplitSituation(step.Before), new SplitSituation(step.After)).Moves);
                raised++;
            }

            split = step.Edits;
        }

        Assert.True(raised > 50, $"{raised} edits raised coverage");
    }

    [Fact]
    public void Compare_RandomEdits_CountsWhatABucketByBucketLookFinds()
    {
        foreach (SplitStep step in SplitStep.Random())
        {
            Dictionary<(int From, int To), int> counts = [];
            List<(int From, int To)> order = [];
            foreach (int bucket in Enumerable.Range(0, BucketRange.BucketCount).Where(step.Moves))
            {
                (int From, int To) move = (step.BucketsBefore[bucket], step.BucketsAfter[bucket]);
                counts[move] = counts.GetValueOrDefault(move) + 1;
                if (counts[move] == 1)
                {
                    order.Add(move);
                }
            }

            SplitPreview preview = SplitPreview.Compare(new SplitSituation(step.Before), new SplitSituation(step.After));

            Assert.Equal(
                order.Select(move => new SplitMove(
                    step.VariantIds[move.From], move.To == SplitStep.None ? null : step.VariantIds[move.To], counts[move] / 10_000m)),
                preview.Moves);
            Assert.Equal(counts.Values.Sum() / 10_000m, preview.MovedShare);
        }
    }

    [Fact]
    public void Compare_RandomEdits_IsWhatHundredThousandUsersDo()
    {
        int[] userBuckets = SplitUsers.BucketsOf(Salt);
        int[] usersByBucket = Count(userBuckets, BucketRange.BucketCount);
        foreach (SplitStep step in SplitStep.Random())
        {
            // Users one by one, as the SDK would assign them before and after.
            int moved = 0;
            foreach (int bucket in userBuckets)
            {
                moved += step.Moves(bucket) ? 1 : 0;
            }

            int[] movedBuckets = [.. Enumerable.Range(0, BucketRange.BucketCount).Where(step.Moves)];
            decimal share = SplitPreview.Compare(new SplitSituation(step.Before), new SplitSituation(step.After)).MovedShare;
            double away = Math.Abs(moved - ((double)share * SplitUsers.Count));

            Assert.Equal(movedBuckets.Length / 10_000m, share);
            Assert.Equal(movedBuckets.Sum(bucket => usersByBucket[bucket]), moved);
            Assert.True(away <= SplitUsers.Tolerance((double)share), $"{step.Edits.Last}: {moved} users, {share} of all");
        }
    }

    /// <summary>How often each number comes up.</summary>
    private static int[] Count(int[] numbers, int upTo)
    {
        int[] counts = new int[upTo];
        foreach (int number in numbers)
        {
            if (number != SplitStep.None)
            {
                counts[number]++;
            }
        }

        return counts;
    }
}
