using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Decisions;

public sealed class StickyStoreTests
{
    private static readonly CompiledSnapshot s_snapshot = SnapshotReader.Read(
        FlagsJson.Of(
            """
            {"key":"f","variants":{"a":1,"b":2},"default":"a","rules":[{"serve":{"hash":"h",
              "sticky":{"key":"k","version":2,"min":1,"keys":{"old-b":"b"}},"ranges":[{"start":0,"end":10000,"variant":"a"}]}}]}
            """,
            hashes: """ "h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000} """),
        "prod",
        1).Snapshot!;

    [Theory]
    [InlineData("k__2", "old-b", "b", DecisionReason.Split)]
    [InlineData("k__2", "nobody", "a", DecisionReason.Split)]
    [InlineData("k__1", "old-b", "a", DecisionReason.Split)]
    [InlineData("k__0", "anything", "a", DecisionReason.Default)]
    public void Decide_EntryOfTheStore_KeepsOrBlocks(string entry, string value, string variant, DecisionReason reason)
    {
        Decision decision = Decide(new Store((_, asked) => asked == entry ? value : null));
        Assert.Equal((variant, reason), (decision.VariantKey, decision.Reason));
    }

    [Fact]
    public void Decide_StoreThatThrows_DecidesByTheBucket() =>
        Assert.Equal("a", Decide(new Store((_, _) => throw new InvalidOperationException("down"))).VariantKey);

    private static Decision Decide(IStickyStore store)
    {
        var holder = new SnapshotHolder();
        holder.Swap(s_snapshot);
        return new FeatureDecider("prod", holder, new DecisionSurroundings(TimeProvider.System, store)).Decide("f", "user");
    }

    private sealed class Store(Func<string, string, string?> find) : IStickyStore
    {
        public string? Find(string userKey, string entry) => find(userKey, entry);
    }
}
