using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

/// <summary>Splits that are edited while a ramp is under way.</summary>
public sealed class RampPlanTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_WeightsOfARampUnderWay_MovesTheDifferenceOnly()
    {
        VariantWeight[] even = [new(A, 1), new(B, 1)];
        BucketMap full = SplitPlanner.Plan(BucketMap.Empty, even, Coverage.Full);
        BucketMap assigned = SplitPlanner.Shrink(full, even, Coverage.FromBuckets(1000));

        RampPlan plan = RampPlan.Of(assigned, full, [new(A, 1), new(B, 3)], Coverage.FromBuckets(1000), Coverage.Full);

        BucketMap after = SplitPlanner.Shrink(plan.Full, [new(A, 1), new(B, 3)], Coverage.FromBuckets(1000), plan.Entered);
        Assert.NotEqual(SplitPlanner.Plan(full, [new(A, 1), new(B, 3)], Coverage.Full), plan.Full);
        Assert.Equal([new SplitMove(A, B, 0.025m)], SplitPreview.Compare(new(assigned), new(after)).Moves);
        Assert.Equal(1000, plan.Entered.Count);
    }

    [Fact]
    public void Of_NoStepAhead_IsThePlanWithoutARamp()
    {
        Random random = new(3);
        SplitEdits edits = new(random);
        BucketMap map = BucketMap.Empty;
        for (int i = 0; i < 200; i++)
        {
            edits.Next();
            RampPlan plan = RampPlan.Of(map, map, edits.Weights, edits.Coverage, edits.Coverage);

            Assert.Equal(SplitPlanner.Plan(map, edits.Weights, edits.Coverage), plan.Full);
            Assert.Equal(BucketSet.Nobody, plan.Entered);
            map = plan.Full;
        }
    }

    /// <summary>Edits at random times of random ramps, with and without a layer, as the API makes them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_RandomEditsAtRandomTimes_MoveTheFewestAndEachStepOnlyAdds(bool isInLayer)
    {
        for (int seed = 0; seed < LongRun.Count(4, full: 60); seed++)
        {
            Random random = new(seed);
            SplitEdits edits = new(random);
            var ownerId = Guid.NewGuid();
            LayerDefinition? layer = isInLayer ? Layer(random) : null;
            BuiltSplit current = new(null, [], layer);
            DateTimeOffset now = Start;
            for (int i = 0; i < 30; i++)
            {
                edits.Next();
                now += TimeSpan.FromHours(random.Next(1, 30));
                SplitInput input = Input(edits, random, now, layer?.Id);
                BuiltSplit next = SplitBuilder.Build(
                    "", input, [.. edits.Weights.Select(static one => (one.VariantId, one.VariantId.ToString()))],
                    current.Split, current.Allocations, current.Layer, (ownerId, "key"), now).Value!;

                SplitSituation before = At(current, ownerId, now);
                SplitSituation after = At(next, ownerId, now);
                Assert.Equal(LeastMoved(before, after), SplitPreview.Compare(before, after).MovedShare);
                AssertStepsOnlyAdd(next, ownerId);
                current = next;
            }
        }
    }

    private static void AssertStepsOnlyAdd(BuiltSplit split, Guid ownerId)
    {
        SplitSituation? last = null;
        foreach (int coverage in split.Split!.Ramp.Select(static step => step.Coverage).Append(split.Split.Coverage).Order())
        {
            SplitDefinition one = split.Split with { Coverage = coverage, Ramp = [] };
            SplitSituation step = SplitSituations.Of(one, split.Allocations, split.Layer, (ownerId, ""), Start);
            Assert.Equal(coverage, split.Layer is null ? step.Map.Count : step.Held.Count);
            Assert.Empty(last is null ? [] : SplitPreview.Compare(last, step).Moves);
            last = step;
        }
    }

    /// <summary>What any plan has to move: per variant, what it has less than before.</summary>
    private static decimal LeastMoved(SplitSituation before, SplitSituation after)
    {
        decimal stays = before.LayerHash is null ? 1 : Math.Min(before.Held.Count, after.Held.Count) / 10_000m;
        decimal leaves = before.LayerHash is null ? 0 : Math.Max(0, before.Held.Count - after.Held.Count) / 10_000m;
        IEnumerable<Guid> variantIds = before.Map.Ranges.Select(static range => range.VariantId).Distinct();
        return variantIds.Sum(id => Math.Max(0, before.Map.CountOf(id) - after.Map.CountOf(id)) / 10_000m * stays)
            + (before.Map.Count / 10_000m * leaves);
    }

    private static SplitSituation At(BuiltSplit split, Guid ownerId, DateTimeOffset now) =>
        SplitSituations.Of(split.Split, split.Allocations, split.Split?.LayerId is null ? null : split.Layer, (ownerId, ""), now);

    private static SplitInput Input(SplitEdits edits, Random random, DateTimeOffset now, Guid? layerId)
    {
        // In a layer at most what the other leaves.
        int most = layerId is null ? BucketRange.BucketCount : 6000;
        DateTimeOffset at = now - TimeSpan.FromHours(random.Next(60));
        List<RampStepInput> ramp = [];
        for (int i = random.Next(5); i > 0; i--)
        {
            at += TimeSpan.FromHours(random.Next(1, 30));
            ramp.Add(new RampStepInput(at, Coverage.FromBuckets(random.Next(most + 1))));
        }

        return new SplitInput
        {
            Weights = [.. edits.Weights.Select(static one => new WeightInput(one.VariantId.ToString(), one.Weight))],
            Coverage = Coverage.FromBuckets(Math.Min(edits.Coverage.Buckets, most)),
            Ramp = ramp,
            LayerId = layerId,
        };
    }

    private static LayerDefinition Layer(Random random)
    {
        int start = random.Next(6000);
        return new LayerDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = Guid.NewGuid(),
            Name = "layer",
            Salt = "salt",
            Claims = [new LayerClaimDefinition { OwnerId = Guid.NewGuid(), Key = "other", Ranges = [new BucketRangeDefinition { RangeStart = start, RangeEnd = start + 3999 }] }],
            CreatedAt = Start,
            UpdatedAt = Start,
        };
    }
}
