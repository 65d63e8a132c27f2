using System.Text.Json;
using Experiments.Client.Decisions;

namespace Experiments.Client.Tests.Snapshots;

/// <summary>Of duplicates the first wins; everything else of a snapshot is kept as it is listed.</summary>
public sealed class CompiledSnapshotTests
{
    [Fact]
    public void Decide_DuplicateExperimentKey_FirstAnswersAndAllAreListed()
    {
        FeatureDecider decider = Deciders.From(
            $"[{SnapshotJson.Serving("k", "1", "first")},{SnapshotJson.Serving("other", "2")},{SnapshotJson.Serving("k", "3", "second")}]");
        Assert.Equal("first", decider.Decide("k", "user").VariantKey);
        Decision[] all = new Decision[3];
        Assert.Equal(3, decider.DecideAll("user", all));
        Assert.Equal(["first", "on", "second"], all.Select(decision => decision.VariantKey));
    }

    [Fact]
    public void Decide_DuplicateVariantId_FirstCounts() => Assert.Equal(
        "one",
        Deciders.From($"[{SnapshotJson.Experiment(
            variants: """[{"id":"v","key":"one"},{"id":"v","key":"two"}]""",
            allocations: """[{"variantId":"v","rangeStart":0,"rangeEnd":9999}]""")}]").Decide("checkout", "user").VariantKey);

    [Fact]
    public void Decide_DuplicateVariantKey_EachKeepsItsId()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Experiment(
            variants: """[{"id":"1","key":"same"},{"id":"2","key":"same"}]""",
            allocations: """[{"variantId":"1","rangeStart":0,"rangeEnd":4999},{"variantId":"2","rangeStart":5000,"rangeEnd":9999}]""")}]");
        Assert.Equal("1", decider.Decide("checkout", Buckets.UserIn(4_999)).VariantId);
        Assert.Equal("2", decider.Decide("checkout", Buckets.UserIn(5_000)).VariantId);
    }

    [Theory]
    [InlineData("", JsonValueKind.Undefined)]
    [InlineData(",\"payload\":null", JsonValueKind.Null)]
    [InlineData(",\"payload\":{}", JsonValueKind.Object)]
    [InlineData(",\"payload\":false", JsonValueKind.False)]
    public void Decide_Payload_AbsentAndNullAreDifferent(string member, JsonValueKind kind) => Assert.Equal(
        kind,
        Deciders.From($"[{SnapshotJson.Experiment(
            variants: $$"""[{"id":"id-treatment","key":"on"{{member}}}]""", allocations: SnapshotJson.Everyone)}]").Decide("checkout", "u").Payload.ValueKind);

    [Fact]
    public void Count_EmptySnapshot_IsZeroAndKnowsItsVersion()
    {
        FeatureDecider decider = Deciders.From("[]");
        Assert.Equal(0, decider.Count);
        Assert.Equal(1, decider.SnapshotVersion);
        Assert.Equal(DecisionReason.FlagNotFound, decider.Decide("k", "user").Reason);
        Assert.Equal(0, decider.DecideAll("user", new Decision[1]));
    }
}
