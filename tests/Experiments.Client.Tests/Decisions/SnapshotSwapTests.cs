using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Decisions;

/// <summary>Threads that decide while snapshots are swapped always see one whole snapshot.</summary>
public sealed class SnapshotSwapTests
{
    private const int Experiments = 20;
    private const int Readers = 3;

    private int _rounds;

    [Fact]
    public async Task Decide_WhileSnapshotsAreSwapped_SeesOneWholeSnapshot()
    {
        // Version v serves the payload v everywhere, has v % 5 experiments more, and other attributes in other slots.
        CompiledSnapshot[] snapshots = [.. Enumerable.Range(1, 40).Select(Snapshot)];
        var holder = new SnapshotHolder();
        holder.Swap(snapshots[0]);
        var decider = new FeatureDecider("prod", holder, DecisionSurroundings.Default);
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(reader => Task.Run(() => Read(decider, $"user-{reader}", stop.Token)))];

        int rounds = LongRun.Count(2_000, 200_000);
        for (int i = 0; !readers.Any(reader => reader.IsFaulted) && Volatile.Read(ref _rounds) < rounds; i++)
        {
            holder.Swap(snapshots[i % snapshots.Length]);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static CompiledSnapshot Snapshot(int version)
    {
        int count = Experiments + (version % 5);
        string experiments = string.Join(',', Enumerable.Range(0, count).Select(i => SnapshotJson.Experiment(
            $"k{i}",
            targetingRules: SnapshotJson.Rule($"a{(i + version) % 7}", "eq", "1"),
            variants: $$"""[{"id":"v","key":"on","payload":{{version}}}]""",
            allocations: """[{"variantId":"v","rangeStart":0,"rangeEnd":9999}]""")));
        return SnapshotReader.Read(SnapshotJson.Of($"[{experiments}]", version), "prod", version).Snapshot!;
    }

    private void Read(FeatureDecider decider, string userKey, CancellationToken stop)
    {
        Decision[] decisions = new Decision[Experiments + 5];
        ContextAttribute[] attributes = [.. Enumerable.Range(0, 7).Select(i => new ContextAttribute($"a{i}", 1))];
        do
        {
            int count = decider.DecideAll(userKey, decisions, attributes);
            long version = decisions[0].SnapshotVersion;
            Assert.Equal(Experiments + (int)(version % 5), count);
            for (int i = 0; i < count; i++)
            {
                AssertWhole(decisions[i], $"k{i}");
                Assert.Equal(version, decisions[i].SnapshotVersion);
            }

            AssertWhole(decider.Decide("k7", userKey, attributes), "k7");
            Interlocked.Increment(ref _rounds);
        }
        while (!stop.IsCancellationRequested);
    }

    private static void AssertWhole(Decision decision, string key)
    {
        Assert.Equal(key, decision.Key);
        Assert.Equal(decision.SnapshotVersion, decision.Payload.GetInt64());
    }
}
