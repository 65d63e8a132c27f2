using Experiments.Client.Decisions;

namespace Experiments.Client.Tests.Snapshots.Loading;

/// <summary>Allocations find their variants, however the ids are written and however many there are.</summary>
public sealed class VariantIdsTests
{
    // One of each way of looking.
    public static TheoryData<int> Counts => [1, 8, 9, 100];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Allocation_OfTheLastVariant_FindsIt(int count) => Assert.Equal($"k{count - 1}", Decide(count, $"v{count - 1}", $"v{count - 1}"));

    [Theory]
    [MemberData(nameof(Counts))]
    public void Allocation_WrittenInAnotherWay_FindsTheVariant(int count)
    {
        Assert.Equal($"k{count - 1}", Decide(count, "\\u0076-ü", "v-ü"));
        Assert.Equal($"k{count - 1}", Decide(count, "v-ü", "\\u0076-\\u00fc"));
        Assert.Equal($"k{count - 1}", Decide(count, "\\ud800", "\\uD800"));
        Assert.Equal($"k{count - 1}", Decide(count, "", ""));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Allocation_OfAnUnknownVariant_IsForNobody(int count)
    {
        Assert.Null(Decide(count, "last", "lasT"));
        Assert.Null(Decide(count, "\\ud800", "\\udfff"));
        Assert.Null(Decide(count, "last", ""));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Allocation_OfADuplicateId_FindsTheFirst(int count)
    {
        string variants = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"same","key":"k{{i}}"}"""));
        Assert.Equal("k0", Decide(variants, "same"));
    }

    [Fact]
    public void Variants_ListedTwice_TheLastListCounts()
    {
        const string First = """[{"id":"v","key":"first"},{"id":"w","key":"other"}]""";
        string experiment = SnapshotJson.Experiment(
            variants: """[{"id":"v","key":"second"}]""",
            allocations: """[{"variantId":"w","rangeStart":0,"rangeEnd":4999},{"variantId":"v","rangeStart":5000,"rangeEnd":9999}]""",
            extra: $"\"variants\":{First},");
        FeatureDecider decider = Deciders.From($"[{experiment},{SnapshotJson.Serving("next", "1")}]");
        Assert.Null(decider.Decide("checkout", Buckets.UserIn(0)).VariantKey);
        Assert.Equal("second", decider.Decide("checkout", Buckets.UserIn(5_000)).VariantKey);
        Assert.Equal("on", decider.Decide("next", "u").VariantKey);
    }

    /// <summary>What the only allocation assigns where the last of so many variants has this id.</summary>
    private static string? Decide(int count, string lastId, string allocated) => Decide(
        string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"{{(i == count - 1 ? lastId : $"v{i}")}}","key":"k{{i}}"}""")), allocated);

    private static string? Decide(string variants, string allocated) => Deciders.From($"[{SnapshotJson.Experiment(
        variants: $"[{variants}]",
        allocations: $$"""[{"variantId":"{{allocated}}","rangeStart":0,"rangeEnd":9999}]""")}]").Decide("checkout", "u").VariantKey;
}
