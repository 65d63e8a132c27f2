using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class LayerPlanTests
{
    [Fact]
    public void Claim_InAnEmptyLayer_TakesTheLowestBuckets() =>
        AssertRanges([new(0, 2500)], LayerPlan.Claim([], BucketSet.Nobody, Coverage.FromBuckets(2500)));

    [Fact]
    public void Claim_BesideOthers_TakesTheLowestFreeBuckets() =>
        AssertRanges([new(100, 200), new(300, 350)], LayerPlan.Claim([Set(0, 100), Set(200, 300)], BucketSet.Nobody, Coverage.FromBuckets(150)));

    [Fact]
    public void Claim_More_KeepsWhatIsHeld() =>
        AssertRanges([new(0, 50), new(500, 600)], LayerPlan.Claim([Set(50, 500)], Set(500, 600), Coverage.FromBuckets(150)));

    [Fact]
    public void Claim_Less_GivesUpTheHighest() =>
        AssertRanges([new(0, 50), new(500, 510)], LayerPlan.Claim([], Set(0, 50).Union(Set(500, 600)), Coverage.FromBuckets(60)));

    [Fact]
    public void Claim_AllThatOthersLeave_IsGranted() =>
        AssertRanges([new(0, 10), new(9000, 10_000)], LayerPlan.Claim([Set(10, 9000)], Set(0, 10), Coverage.FromBuckets(1010)));

    [Fact]
    public void Claim_MoreThanOthersLeave_IsRefusedAndSaysHowMuchTheyDo()
    {
        LayerClaim claim = LayerPlan.Claim([Set(10, 9000)], Set(0, 10), Coverage.FromBuckets(1011));

        Assert.False(claim.IsGranted);
        Assert.Equal(1010, claim.Available.Buckets);
        Assert.Equal("A share of 0.1011 of the layer's users does not fit: its other experiments leave 0.101.", claim.Fault);
    }

    [Fact]
    public void Claim_BucketsThatAnotherHoldsToo_AreNotKept() =>
        AssertRanges([new(0, 5), new(10, 15)], LayerPlan.Claim([Set(5, 10)], Set(0, 10), Coverage.FromBuckets(10)));

    [Fact]
    public void Free_OfSeveral_IsTheRest() =>
        Assert.Equal([new BucketRange(10, 20), new BucketRange(30, 10_000)], LayerPlan.Free([Set(0, 10), Set(20, 30)]).ToRanges());

    [Fact]
    public void Claim_RandomClaimsOfManyExperiments_NeverOverbookAndMoveNobodyMoreThanAsked()
    {
        var random = new Random(1);
        var held = Enumerable.Repeat(BucketSet.Nobody, 12).ToArray();
        for (int edit = 0; edit < LongRun.Count(500, full: 50_000); edit++)
        {
            int i = random.Next(held.Length);
            BucketSet[] others = [.. held.Where((_, other) => other != i)];
            var wanted = Coverage.FromBuckets(random.Next(random.Next(4) == 0 ? 10_001 : 2000));

            LayerClaim claim = LayerPlan.Claim(others, held[i], wanted);

            Assert.Equal(wanted.Buckets <= 10_000 - others.Sum(static set => set.Count), claim.IsGranted);
            if (claim.IsGranted)
            {
                Assert.Equal(wanted.Buckets, claim.Held.Count);
                Assert.Equal(Math.Min(wanted.Buckets, held[i].Count), claim.Held.Intersect(held[i]).Count);
                Assert.All(others, other => Assert.Equal(0, other.Intersect(claim.Held).Count));
                held[i] = claim.Held;
            }
        }
    }

    private static BucketSet Set(int start, int end) => BucketSet.From([new BucketRange(start, end)]);

    private static void AssertRanges(BucketRange[] expected, LayerClaim claim)
    {
        Assert.True(claim.IsGranted, claim.Fault);
        Assert.Equal(expected, claim.Held.ToRanges());
    }
}
