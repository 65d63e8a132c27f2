using CsCheck;
using Experiments.Client.Bucketing;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots.Loading;

/// <summary>Allocations as their snapshot decides them, against looking for the first that holds the bucket.</summary>
public sealed class RangeTableBuilderTests
{
    private const string Unknown = "unknown";
    private const string Variants = """[{"id":"a","key":"a"},{"id":"b","key":"b"},{"id":"c","key":"c"}]""";

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
            AllocatedBuckets painted = Split([.. sorted, Allocation("a", 1, 0)]);
            AllocatedBuckets cut = Split(sorted);
            for (int bucket = 0; bucket < Buckets.Count; bucket++)
            {
                Assert.Equal(painted[bucket].VariantId, cut[bucket].VariantId);
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
        AllocatedBuckets split = Split([Allocation("b", 100, 200), Allocation("a", 0, 9_999)]);
        Assert.Equal("a", split[99].VariantId);
        Assert.Equal("b", split[100].VariantId);
        Assert.Equal("b", split[200].VariantId);
        Assert.Equal("a", split[201].VariantId);
    }

    [Fact]
    public void Indexer_UnknownVariantListedFirst_KeepsItsBucketsEmpty()
    {
        AllocatedBuckets split = Split([Allocation(Unknown, 100, 200), Allocation("a", 0, 9_999)]);
        Assert.Equal("a", split[99].VariantId);
        Assert.Null(split[100].VariantId);
        Assert.Equal(DecisionReason.Split, split[100].Reason);
        Assert.Null(split[200].VariantId);
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
        AllocatedBuckets split = Split(allocations);
        Assert.Equal("a", split[0].VariantId);
        Assert.Equal("a", split[9_999].VariantId);
    }

    private static AllocatedBuckets Split(AllocationDocument[] allocations) => new(allocations);

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
        AllocatedBuckets split = Split(allocations);
        for (int bucket = 0; bucket < Buckets.Count; bucket++)
        {
            AllocationDocument? first = Array.Find(allocations, a => a.RangeStart <= bucket && bucket <= a.RangeEnd);
            string? expected = first is null || first.VariantId == Unknown ? null : first.VariantId;
            Decision actual = split[bucket];
            if (actual.VariantId != expected || actual.Reason != (first is null ? DecisionReason.Default : DecisionReason.Split))
            {
                Assert.Fail($"bucket {bucket}: expected {expected ?? "none"}, got {actual}");
            }
        }
    }

    /// <summary>What each bucket of an experiment with these allocations gets.</summary>
    private sealed class AllocatedBuckets
    {
        private readonly CompiledProgram _program;
        private readonly RangeTable? _table;
        private readonly int _entry;

        public AllocatedBuckets(AllocationDocument[] allocations)
        {
            string list = string.Join(',', allocations.Select(allocation =>
                $$"""{"variantId":"{{allocation.VariantId}}","rangeStart":{{Number(allocation.RangeStart)}},"rangeEnd":{{Number(allocation.RangeEnd)}}}"""));
            SnapshotLoad load = SnapshotReader.Read(
                SnapshotJson.Of($"[{SnapshotJson.Experiment(variants: Variants, allocations: $"[{list}]")}]"), "prod", 1);
            Assert.Empty(load.Faults);
            _program = load.Snapshot!.Program;

            // Where every bucket leads to one variant there is no table.
            _entry = load.Snapshot.Flags[0].Entry;
            _table = _entry < 0 ? null : Assert.Single(_program.RangeTables);
        }

        public Decision this[int bucket]
        {
            get
            {
                if (_table is not { } table)
                {
                    return _program.Outcomes[~_entry];
                }

                int cut = 0;
                while (cut + 1 < table.Count && _program.CutStarts[table.Start + cut + 1] <= (ulong)bucket)
                {
                    cut++;
                }

                return _program.Outcomes[~_program.CutTargets[table.Start + cut]];
            }
        }

        private static string Number(double bound) => bound switch
        {
            double.PositiveInfinity => "1e400",
            double.NegativeInfinity => "-1e400",
            _ => bound.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
