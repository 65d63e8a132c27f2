using Experiments.EndToEnd.Tests.Faults.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>The leader hangs (SIGSTOP) in the middle of its work: it keeps its connections, and PostgreSQL takes its locks away from it.</summary>
[Collection(FaultsCollection.Name)]
public sealed class LeaderTests(ITestOutputHelper log)
{
    private const int Seed = 20261202;
    private const int Clients = 16;

    [Fact]
    public async Task Leader_StoppedUnderLoad_IsReplacedAndDoesNoHarmWhenItGoesOn()
    {
        await using ControlPair pair = await ControlPair.StartAsync(log);
        IReadOnlyList<ChaosClient> clients = await ChaosClient.CreateAsync(pair, Clients, Seed);
        ProductProcess leader = await pair.FindLeaderAsync();
        ProductProcess other = pair.Servers.Single(server => server != leader);
        EditedExperiment witness = await EditedExperiment.CreateAsync(pair.Api, other.Http, pair.EnvironmentId, "witness");

        // Stopped while it has many writes under way.
        var working = Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(LongRun.Count(150, full: 2_000)))));
        await Eventually.HoldsAsync(() => pair.Ledger.Acknowledged > 50, "load");
        leader.Suspend();
        long start = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(_ => witness.EditAsync(other.Http, pair.Ledger, 1234), "a mutation through the other server", state: () => pair.Ledger.Failures);
        TimeSpan written = TimeProvider.System.GetElapsedTime(start);
        Assert.Same(other, await Eventually.ReadAsync(_ => pair.FindLeaderAsync(), found => found == other, "another leader"));
        TimeSpan replaced = TimeProvider.System.GetElapsedTime(start);
        leader.Resume();
        await working;

        (PublishHistory versions, _) = await pair.CheckAsync();
        log.WriteLine($"The leader was stopped: a mutation through the other server after {written.TotalSeconds:0.0} s, another leader after {replaced.TotalSeconds:0.0} s; "
            + $"not acknowledged {pair.Ledger.Failures}; versions {versions.Count}, {versions.Others}");
    }
}
