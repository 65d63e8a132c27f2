using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class BucketMapTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();

    [Fact]
    public void From_NeighboursOfOneVariant_AreMergedInAnyOrder()
    {
        BucketMap map = BucketMap.From([Range(B, 20, 30), Range(A, 10, 20), Range(A, 0, 10), Range(B, 40, 50), Range(A, 60, 60)]);

        Assert.Equal([Range(A, 0, 20), Range(B, 20, 30), Range(B, 40, 50)], map.Ranges);
        Assert.Equal(40, map.Count);
        Assert.Equal((20, 20, 0), (map.CountOf(A), map.CountOf(B), map.CountOf(Guid.NewGuid())));
    }

    [Fact]
    public void From_Overlap_Throws() =>
        Assert.Throws<ArgumentException>(() => BucketMap.From([Range(A, 0, 10), Range(A, 9, 12)]));

    [Fact]
    public void Equals_SameBucketsInOtherPieces_IsTrue()
    {
        BucketMap whole = BucketMap.From([Range(A, 0, 20), Range(B, 20, 21)]);
        BucketMap pieces = BucketMap.From([Range(B, 20, 21), Range(A, 5, 20), Range(A, 0, 5)]);

        Assert.Equal(whole, pieces);
        Assert.Equal(whole.GetHashCode(), pieces.GetHashCode());
        Assert.NotEqual(whole, BucketMap.From([Range(B, 0, 20), Range(A, 20, 21)]));
        Assert.NotEqual(whole, BucketMap.Empty);
    }

    [Fact]
    public void VariantOf_EveryBucket_IsThatOfItsRange()
    {
        VariantRange[] ranges = [Range(A, 0, 1), Range(B, 1, 2), Range(A, 5, 100), Range(B, 5000, 9000), Range(A, 9999, 10_000)];
        BucketMap map = BucketMap.From(ranges);

        for (int bucket = 0; bucket < BucketRange.BucketCount; bucket++)
        {
            Guid? expected = ranges.Where(range => range.Buckets.Start <= bucket && bucket < range.Buckets.End)
                .Select(static range => (Guid?)range.VariantId).SingleOrDefault();
            Assert.Equal(expected, map.VariantOf(bucket));
        }
    }

    [Fact]
    public void Gaps_OfAnyMap_AreTheBucketsWithoutVariant()
    {
        BucketMap map = BucketMap.From([Range(A, 10, 20), Range(B, 20, 30), Range(A, 40, 9999)]);

        Assert.Equal([new BucketRange(0, 10), new BucketRange(30, 40), new BucketRange(9999, 10_000)], map.Gaps());
        Assert.Equal([new BucketRange(0, 10_000)], BucketMap.Empty.Gaps());
        Assert.Empty(BucketMap.From([Range(A, 0, 10_000)]).Gaps());
    }

    private static VariantRange Range(Guid variantId, int start, int end) => new(variantId, new BucketRange(start, end));
}
