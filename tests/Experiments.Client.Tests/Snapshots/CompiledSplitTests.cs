using CsCheck;
using Experiments.Client.Bucketing;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Snapshots;

public sealed class CompiledSplitTests
{
    private const string Unknown = "unknown";

    private static readonly Decision s_missed = new(DecisionReason.Default, 1);
    private static readonly Dictionary<string, Decision> s_decisions = new[] { "a", "b", "c" }.ToDictionary(
        id => id, id => new Decision(DecisionReason.Split, 1) { VariantId = id, VariantKey = id }, StringComparer.Ordinal);

    private static readonly Gen<string> s_variantId = Property.OneOf("a", "b", "c", Unknown);

    private static readonly Gen<double> s_bound = Gen.OneOf(
        Gen.Int[-20, 10_020].Select(i => (double)i),
        Gen.Int[0, 60].Select(i => (double)i),
        Gen.Int[9_940, 9_999].Select(i => (double)i),
        Gen.Double[-2, 10_002],
        Property.OneOf(
            0.0, -0.0, 9_999, 10_000, -1, 0.5, 9_999.5, 4_999.999, double.PositiveInfinity, double.NegativeInfinity,
            double.MaxValue, double.MinValue, int.MaxValue, int.MinValue, 1e300, double.Epsilon, -double.Epsilon));

    private static readonly Gen<AllocationDocument[]> s_allocations = Gen.Select(s_variantId, s_bound, s_bound)
        .Select((id, start, end) => Allocation(id, start, end)).Array[0, 24];

    [Fact]
    public void Indexer_AnyAllocations_EqualsTheNaiveReference() =>
        Property.Holds(s_allocations, AssertEqualsReference, LongRun.Count(300, 30_000));

    [Fact]
    public void From_SortedDisjointAllocations_EqualsThePaintingPath() => Property.Holds(
        Gen.Select(Gen.Int[0, 10_000].HashSet[0, 40], Gen.Int[0, 1_000_000]),
        pair =>
        {
            AllocationDocument[] sorted = SortedDisjoint(pair.Item1, new Random(pair.Item2));

            // A range that holds nothing is not "sorted and disjoint", so it takes the other path and changes nothing.
            CompiledSplit painted = Split([.. sorted, Allocation("a", 1, 0)]);
            CompiledSplit cut = Split(sorted);
            for (int bucket = 0; bucket < UserKeyHash.BucketCount; bucket++)
            {
                Assert.Same(painted[bucket], cut[bucket]);
            }

            AssertEqualsReference(sorted);
        },
        LongRun.Count(200, 20_000));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9_999, 9_999)]
    [InlineData(5_000, 5_000)]
    [InlineData(0, 9_999)]
    [InlineData(0, 4_999)]
    [InlineData(5_000, 9_999)]
    [InlineData(-5, 3)]
    [InlineData(9_998, 12_000)]
    [InlineData(10, 9)]
    [InlineData(-3, -1)]
    [InlineData(10_000, 10_000)]
    [InlineData(0.5, 1.5)]
    [InlineData(0.1, 0.9)]
    [InlineData(9_998.5, 9_999.5)]
    public void Indexer_OneRange_HoldsItsEndsAndNothingElse(double start, double end) => AssertEqualsReference([Allocation("a", start, end)]);

    [Fact]
    public void Indexer_NoAllocations_MissesEveryBucket() => AssertEqualsReference([]);

    [Fact]
    public void Indexer_OverlappingRanges_FirstListedWins()
    {
        CompiledSplit split = Split([Allocation("b", 100, 200), Allocation("a", 0, 9_999)]);
        Assert.Equal("a", split[99].VariantId);
        Assert.Equal("b", split[100].VariantId);
        Assert.Equal("b", split[200].VariantId);
        Assert.Equal("a", split[201].VariantId);
    }

    [Fact]
    public void Indexer_UnknownVariantListedFirst_KeepsItsBucketsEmpty()
    {
        CompiledSplit split = Split([Allocation(Unknown, 100, 200), Allocation("a", 0, 9_999)]);
        Assert.Equal("a", split[99].VariantId);
        Assert.Same(s_missed, split[100]);
        Assert.Same(s_missed, split[200]);
        Assert.Equal("a", split[201].VariantId);
    }

    [Fact]
    public void Indexer_InfiniteBounds_HoldEveryBucket() =>
        AssertEqualsReference([Allocation("a", double.NegativeInfinity, double.PositiveInfinity)]);

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10_000)]
    public void Indexer_AdjacentSingleBucketRanges_EachAnswersItsOwn(int count) => AssertEqualsReference(
        [.. Enumerable.Range(0, count).Select(i => Allocation(i % 2 == 0 ? "a" : "b", i, i))]);

    [Fact]
    public void From_ManyOverlappingRanges_StaysFast()
    {
        // 20,000 ranges over all buckets each: painting every bucket of every range would take 200 million steps.
        AllocationDocument[] allocations = [.. Enumerable.Range(0, 20_000).Select(i => Allocation(i % 2 == 0 ? "a" : "b", 0, 9_999))];
        CompiledSplit split = Split(allocations);
        Assert.Equal("a", split[0].VariantId);
        Assert.Equal("a", split[9_999].VariantId);
    }

    private static CompiledSplit Split(AllocationDocument[] allocations) =>
        CompiledSplit.From(allocations, allocation => s_decisions.GetValueOrDefault(allocation.VariantId, s_missed), s_missed);

    private static AllocationDocument Allocation(string variantId, double start, double end) =>
        new() { VariantId = variantId, RangeStart = start, RangeEnd = end };

    private static AllocationDocument[] SortedDisjoint(HashSet<int> cuts, Random random)
    {
        int[] sorted = [.. cuts.Order()];
        string[] ids = ["a", "b", "c", Unknown];
        return [.. sorted.Zip(sorted.Skip(1))
            .Where(_ => random.Next(4) > 0)
            .Select(range => Allocation(ids[random.Next(ids.Length)], range.First, range.Second - 1))];
    }

    private static void AssertEqualsReference(AllocationDocument[] allocations)
    {
        CompiledSplit split = Split(allocations);
        for (int bucket = 0; bucket < UserKeyHash.BucketCount; bucket++)
        {
            AllocationDocument? first = Array.Find(allocations, a => a.RangeStart <= bucket && bucket <= a.RangeEnd);
            Decision expected = first is null ? s_missed : s_decisions.GetValueOrDefault(first.VariantId, s_missed);
            if (!ReferenceEquals(expected, split[bucket]))
            {
                Assert.Fail($"bucket {bucket}: expected {expected.VariantId ?? "none"}, got {split[bucket].VariantId ?? "none"}");
            }
        }
    }
}
