using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class BucketSetTests
{
    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, 10_001)]
    public void BucketRange_OutsideOrReversed_Throws(int start, int end) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BucketRange(start, end));

    [Fact]
    public void BucketRange_Inclusive_HasBothEnds()
    {
        BucketRange range = BucketRange.Inclusive(0, 9999);

        Assert.Equal((0, 10_000, 9999, 10_000), (range.Start, range.End, range.Last, range.Count));
    }

    [Fact]
    public void ToRanges_OverlapsNeighboursAndEmptyOnes_AreMerged()
    {
        BucketSet set = BucketSet.From([new(5, 9), new(0, 2), new(8, 12), new(2, 3), new(70, 70), new(9999, 10_000)]);

        Assert.Equal([new BucketRange(0, 3), new BucketRange(5, 12), new BucketRange(9999, 10_000)], set.ToRanges());
        Assert.Equal(11, set.Count);
    }

    [Fact]
    public void Everybody_HasAllBucketsAndNobodyNone()
    {
        Assert.Equal([new BucketRange(0, 10_000)], BucketSet.Everybody.ToRanges());
        Assert.Equal(10_000, BucketSet.Everybody.Count);
        Assert.Empty(BucketSet.Nobody.ToRanges());
        Assert.Equal(BucketSet.Nobody, BucketSet.Everybody.Except(BucketSet.Everybody));
    }

    [Fact]
    public void Operations_OnAnySets_AreThoseOfHashSets()
    {
        var random = new Random(1);
        for (int round = 0; round < LongRun.Count(12, full: 1000); round++)
        {
            (BucketSet a, HashSet<int> oracleA) = RandomSet(random);
            (BucketSet b, HashSet<int> oracleB) = RandomSet(random);
            int count = random.Next(oracleA.Count + 2);

            AssertSame(oracleA, a);
            AssertSame([.. oracleA.Union(oracleB)], a.Union(b));
            AssertSame([.. oracleA.Intersect(oracleB)], a.Intersect(b));
            AssertSame([.. oracleA.Except(oracleB)], a.Except(b));
            AssertSame([.. oracleA.Order().Take(count)], a.Lowest(count));
            Assert.Equal(oracleA.SetEquals(oracleB), a.Equals(b));
        }
    }

    private static void AssertSame(HashSet<int> expected, BucketSet actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.True(Enumerable.Range(0, BucketRange.BucketCount).All(bucket => actual.Contains(bucket) == expected.Contains(bucket)));
        BucketSet again = BucketSet.From(actual.ToRanges());
        Assert.Equal(actual, again);
        Assert.Equal(actual.GetHashCode(), again.GetHashCode());
    }

    private static (BucketSet Set, HashSet<int> Oracle) RandomSet(Random random)
    {
        BucketRange[] ranges = [.. Enumerable.Range(0, random.Next(6)).Select(_ =>
        {
            int start = random.Next(BucketRange.BucketCount + 1);
            return new BucketRange(start, random.Next(start, BucketRange.BucketCount + 1));
        })];
        return (BucketSet.From(ranges), [.. ranges.SelectMany(static range => Enumerable.Range(range.Start, range.Count))]);
    }
}
