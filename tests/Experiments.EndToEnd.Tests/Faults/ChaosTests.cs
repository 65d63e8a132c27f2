using Experiments.EndToEnd.Tests.Faults.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>Two control servers, 32 clients that make changes through both, and kill -9 of one or the other every few seconds.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ChaosTests(ITestOutputHelper log)
{
    private const int Seed = 20261201;
    private const int Clients = 32;

    [Fact]
    public async Task Servers_KilledAtRandomUnderLoad_LoseNothingAndPublishWhatIsStored()
    {
        int mutations = LongRun.Count(100, full: 10_000);
        await using ControlPair pair = await ControlPair.StartAsync(log);
        IReadOnlyList<ChaosClient> clients = await ChaosClient.CreateAsync(pair, Clients, Seed);
        long start = TimeProvider.System.GetTimestamp();
        var working = Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(mutations))));
        int kills = await KillUntilAsync(pair, working);
        await working;
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        IReadOnlyList<Mutation> lost = await pair.Ledger.FindLostAsync(pair.Api, pair.EnvironmentId);
        Assert.Empty(lost);
        (PublishHistory versions, int madeUnknown) = await pair.CheckAsync();

        ResultTable results = new(
            "chaos", "Two control servers, killed at random", "clients", "acknowledged", "lost", "not acknowledged", "of them made", "kills -9", "versions",
            "published", "others", "seconds");
        results.AddNote("Two control servers on one PostgreSQL and one S3 bucket; each client makes, edits (If-Match) and deletes flags and moves allocations "
            + $"through one or the other at random; every {(LongRun.Enabled ? "1 to 4" : "0.5 to 1.5")} s one of them is killed with -9 and started again. Seed {Seed}.");
        results.AddNote("Checked afterwards: every acknowledged mutation is in the audit log once, none that was refused is; each flag and experiment is as the "
            + "last one left it; version numbers have no gap, and each version that is not published is FAILED with a reason or was being published "
            + "(CLAIMED) when its server was killed; each published snapshot has the checksum that was written down; the last one equals what a server "
            + "that has just started compiles.");
        results.AddRow(
            Clients, pair.Ledger.Acknowledged, lost.Count, pair.Ledger.Failures, madeUnknown, kills, versions.Count, versions.Published, versions.Others,
            Math.Round(took.TotalSeconds, 1));
        results.Write();
    }

    private static async Task<int> KillUntilAsync(ControlPair pair, Task working)
    {
        Random random = new(Seed);
        int kills = 0;
        do
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(LongRun.Enabled ? random.Next(1000, 4000) : random.Next(500, 1500)));
            ProductProcess server = pair.Servers[random.Next(pair.Servers.Count)];
            await server.KillAsync();
            await server.StartAsync();
            kills++;
        }
        while (!working.IsCompleted);
        return kills;
    }
}
