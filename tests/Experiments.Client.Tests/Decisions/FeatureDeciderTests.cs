using System.Text.Json;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Decisions;

public sealed class FeatureDeciderTests
{
    private static FeatureDecider Empty => new("prod", new SnapshotHolder(), DecisionSurroundings.Default);

    [Fact]
    public void Decide_AssignedUser_CarriesEverythingOfTheVariant()
    {
        Decision decision = Deciders.From($"[{SnapshotJson.Experiment()}]").Decide("checkout", Buckets.UserIn(5_000));
        Assert.Equal(DecisionReason.Split, decision.Reason);
        Assert.Equal("checkout", decision.Key);
        Assert.Equal("id-checkout", decision.ExperimentId);
        Assert.Equal("treatment", decision.VariantKey);
        Assert.Equal("id-treatment", decision.VariantId);
        Assert.Equal("green", decision.Payload.GetProperty("color").GetString());
        Assert.Equal(1, decision.SnapshotVersion);
        Assert.True(decision.IsAssigned);
        Assert.True(decision.Is("treatment"));
        Assert.False(decision.Is("Treatment"));
    }

    [Theory]
    [InlineData(0, "control")]
    [InlineData(4_999, "control")]
    [InlineData(5_000, "treatment")]
    [InlineData(9_999, "treatment")]
    public void Decide_BucketAtAnEndOfARange_BelongsToIt(int bucket, string variantKey) =>
        Assert.Equal(variantKey, Deciders.From($"[{SnapshotJson.Experiment()}]").Decide("checkout", Buckets.UserIn(bucket)).VariantKey);

    [Fact]
    public void Decide_BucketOutsideAllocations_ReturnsDefault()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Experiment(
            allocations: """[{"variantId":"id-control","rangeStart":100,"rangeEnd":200}]""")}]");
        AssertUnassigned(DecisionReason.Default, "checkout", 1, decider.Decide("checkout", Buckets.UserIn(99)));
        AssertUnassigned(DecisionReason.Default, "checkout", 1, decider.Decide("checkout", Buckets.UserIn(201)));
        Assert.True(decider.Decide("checkout", Buckets.UserIn(100)).Is("control"));
    }

    [Fact]
    public void Decide_TargetingMisses_ReturnsDefault()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Experiment(targetingRules: SnapshotJson.Rule("plan", "eq", "\"pro\""))}]");
        AssertUnassigned(DecisionReason.Default, "checkout", 1, decider.Decide("checkout", "user", [("plan", "free")]));
        AssertUnassigned(DecisionReason.Default, "checkout", 1, decider.Decide("checkout", "user"));
        Assert.Equal(DecisionReason.Split, decider.Decide("checkout", "user", [("plan", "pro")]).Reason);
        Assert.Equal(DecisionReason.Split, decider.Decide("checkout", "user", new DecisionContext().Set("plan", "pro")).Reason);
    }

    [Fact]
    public void Decide_UnknownKey_ReturnsFlagNotFound()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Experiment()}]");
        AssertUnassigned(DecisionReason.FlagNotFound, "", 1, decider.Decide("Checkout", "user"));
        AssertUnassigned(DecisionReason.FlagNotFound, "", 1, decider.Decide("", "user", new DecisionContext()));
    }

    [Fact]
    public void Decide_NoSnapshot_ReturnsNotReady()
    {
        AssertUnassigned(DecisionReason.NotReady, "", 0, Empty.Decide("checkout", "user"));
        AssertUnassigned(DecisionReason.NotReady, "", 0, Empty.Decide("checkout", "user", new DecisionContext()));
        Assert.Equal(0, Empty.DecideAll("user", new Decision[3]));
        Assert.Equal(0, Empty.DecideAll("user", new Decision[3], new DecisionContext()));
        Assert.Equal(0, Empty.Count);
        Assert.Equal(0, Empty.SnapshotVersion);
        Assert.False(Empty.IsOn("checkout", "user"));
        Assert.Equal(9.99, Empty.Value("checkout", "user", fallback: 9.99));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void DecideAll_AnyBuffer_FillsWhatFitsAndAnswersAll(int length)
    {
        FeatureDecider decider = Deciders.From(
            $"[{SnapshotJson.Serving("a", "1")},{SnapshotJson.Experiment("b", allocations: "[]")},{SnapshotJson.Serving("c", "3")}]");
        Decision[] decisions = new Decision[length];
        Assert.Equal(3, decider.DecideAll("user", decisions));
        Assert.Equal(new[] { "a", "b", "c" }.Take(length), decisions.Where(d => d is not null).Select(d => d.Key));
    }

    [Theory]
    [InlineData("true", "other", true)]
    [InlineData("false", "on", false)]
    [InlineData("null", "on", true)]
    [InlineData("5", "on", true)]
    [InlineData("{}", "on", true)]
    [InlineData("\"true\"", "off", false)]
    [InlineData("1", "ON", false)]
    public void IsOn_PayloadAndVariantKey_BooleanGoesFirst(string payload, string variantKey, bool isOn) =>
        Assert.Equal(isOn, Deciders.From($"[{SnapshotJson.Serving("k", payload, variantKey)}]").IsOn("k", "user"));

    [Theory]
    [InlineData("true", true, 7.5, "fallback", 9)]
    [InlineData("3.5", false, 3.5, "fallback", 9)]
    [InlineData("3", false, 3, "fallback", 3)]
    [InlineData("1e400", false, double.PositiveInfinity, "fallback", 9)]
    [InlineData("\"t\\u0065xt\"", false, 7.5, "text", 9)]
    [InlineData("\"\"", false, 7.5, "", 9)]
    [InlineData("null", false, 7.5, "fallback", 9)]
    [InlineData("{}", false, 7.5, "fallback", 9)]
    [InlineData("[1]", false, 7.5, "fallback", 9)]
    public void Value_PayloadOfEachType_ReadsItsOwnTypeElseFallsBack(string payload, bool boolean, double number, string text, int whole)
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Serving("k", payload)}]");
        Assert.Equal(boolean, decider.Value("k", "user", fallback: false));
        Assert.Equal(payload != "false" && (boolean || payload != "true"), decider.Value("k", "user", fallback: true));
        Assert.Equal(number, decider.Value("k", "user", fallback: 7.5));
        Assert.Equal(text, decider.Value("k", "user", fallback: "fallback"));
        Assert.Equal(whole, decider.Value("k", "user", 9, PriceJsonContext.Default.Int32));
    }

    [Fact]
    public void Value_TypedPayload_IsDeserializedOrFallsBack()
    {
        FeatureDecider decider = Deciders.From(
            $"[{SnapshotJson.Serving("good", """{"a":1}""")},{SnapshotJson.Serving("bad", """{"a":"x"}""")},{SnapshotJson.Experiment("none", allocations: "[]")}]");
        Dictionary<string, int> fallback = [];
        Assert.Equal(1, decider.Value("good", "user", fallback, PriceJsonContext.Default.DictionaryStringInt32)["a"]);
        Assert.Same(fallback, decider.Value("bad", "user", fallback, PriceJsonContext.Default.DictionaryStringInt32));
        Assert.Same(fallback, decider.Value("none", "user", fallback, PriceJsonContext.Default.DictionaryStringInt32));
        Assert.Same(fallback, decider.Value("unknown", "user", fallback, PriceJsonContext.Default.DictionaryStringInt32));
    }

    [Fact]
    public void Value_TypeThatRefusesThePayload_FallsBack()
    {
        FeatureDecider decider = Deciders.From("""
            [{"id":"e","key":"k","salt":"s","audienceRules":[],"targetingRules":[],"variants":[{"id":"v","key":"a","payload":{"size":-1}}],
              "allocations":[{"variantId":"v","rangeStart":0,"rangeEnd":9999}]}]
            """);
        var fallback = new Picky();
        Assert.Same(fallback, decider.Value("k", "user", fallback, PickyJson.Default.Picky));
    }

    [Fact]
    public void Value_LoneSurrogatesInThePayload_NeverThrows()
    {
        FeatureDecider decider = Deciders.From(
            $"[{SnapshotJson.Serving("text", "\"\\ud800\"")},{SnapshotJson.Serving("member", """{"\ud800":1}""")}]");
        Assert.Equal("\ud800", decider.Value("text", "user", fallback: "no"));
        Assert.Equal("no", decider.Value("text", "user", "no", PriceJsonContext.Default.String));
        Dictionary<string, int> fallback = [];
        Assert.Same(fallback, decider.Value("member", "user", fallback, PriceJsonContext.Default.DictionaryStringInt32));
    }

    [Fact]
    public void Payload_AfterTheSnapshotIsReplaced_StaysValid()
    {
        var holder = new SnapshotHolder();
        holder.Swap(SnapshotReader.Read(SnapshotJson.Of($"[{SnapshotJson.Serving("k", """{"a":[1,2,3]}""")}]"), "prod", 1).Snapshot!);
        JsonElement payload = new FeatureDecider("prod", holder, DecisionSurroundings.Default).Decide("k", "user").Payload;
        for (int version = 2; version < 50; version++)
        {
            holder.Swap(SnapshotReader.Read(SnapshotJson.Of($"[{SnapshotJson.Serving("k", "\"other\"")}]", version), "prod", version).Snapshot!);
        }

        GC.Collect();
        Assert.Equal("""{"a":[1,2,3]}""", payload.GetRawText());
    }

    [Fact]
    public void Decide_NullArguments_ThrowArgumentNullException()
    {
        foreach (FeatureDecider decider in new[] { Empty, Deciders.From($"[{SnapshotJson.Experiment()}]") })
        {
            Assert.Throws<ArgumentNullException>("key", () => decider.Decide(null!, "user"));
            Assert.Throws<ArgumentNullException>("userKey", () => decider.Decide("k", null!));
            Assert.Throws<ArgumentNullException>("context", () => decider.Decide("k", "user", (DecisionContext)null!));
            Assert.Throws<ArgumentNullException>("userKey", () => decider.DecideAll(null!, []));
            Assert.Throws<ArgumentNullException>("context", () => decider.DecideAll("user", [], (DecisionContext)null!));
            Assert.Throws<ArgumentNullException>("type", () => decider.Value("k", "user", 5, null!));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("\ud83d\ude00")]
    public void Decide_OddUserKey_IsDecidedLikeAnyOther(string userKey)
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Experiment()}]");
        string expected = Buckets.Of(userKey) < 5_000 ? "control" : "treatment";
        Assert.Equal(expected, decider.Decide("checkout", userKey).VariantKey);
    }

    [Fact]
    public async Task WaitUntilReadyAsync_FirstSnapshot_Completes()
    {
        var holder = new SnapshotHolder();
        var decider = new FeatureDecider("prod", holder, DecisionSurroundings.Default);
        Task ready = decider.WaitUntilReadyAsync();
        Assert.False(ready.IsCompleted);
        holder.Swap(SnapshotReader.Read(SnapshotJson.Of(), "prod", 1).Snapshot!);
        await ready.WaitAsync(Eventually.DefaultWithin);
        Assert.True(decider.WaitUntilReadyAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WaitUntilReadyAsync_Cancelled_ThrowsAndLeavesOthersWaiting()
    {
        using var cancellation = new CancellationTokenSource();
        Task cancelled = Empty.WaitUntilReadyAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public void ToString_Decision_NamesKeyVariantAndReason()
    {
        FeatureDecider decider = Deciders.From($"[{SnapshotJson.Serving("k", "1")},{SnapshotJson.Experiment("none", allocations: "[]")}]");
        Assert.Equal("k: on (SPLIT, version 1)", decider.Decide("k", "user").ToString());
        Assert.Equal("none: - (DEFAULT, version 1)", decider.Decide("none", "user").ToString());
        Assert.Throws<ArgumentNullException>(() => decider.Decide("k", "user").Is(null!));
    }

    private static void AssertUnassigned(DecisionReason reason, string key, long version, Decision decision)
    {
        Assert.Equal(reason, decision.Reason);
        Assert.Equal(key, decision.Key);
        Assert.Equal(version, decision.SnapshotVersion);
        Assert.Null(decision.VariantKey);
        Assert.Null(decision.VariantId);
        Assert.Equal(JsonValueKind.Undefined, decision.Payload.ValueKind);
        Assert.False(decision.IsAssigned);
        Assert.False(decision.IsOn);
        Assert.False(decision.Is(""));
    }
}
