using Experiments.EndToEnd.Tests.Faults.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>A server hangs (SIGSTOP) in the middle of its work: it keeps its connections, and PostgreSQL takes its locks away from it.</summary>
[Collection(FaultsCollection.Name)]
public sealed class LeaderTests(ITestOutputHelper log)
{
    private const int Seed = 20261202;
    private const int Clients = 8;
    private const int Writers = 16;
    private const int MaxBorder = 10_000;

    [Fact]
    public async Task Leader_StoppedUnderLoad_IsReplacedAndDoesNoHarmWhenItGoesOn()
    {
        await using ControlPair pair = await ControlPair.StartAsync(log);
        IReadOnlyList<ChaosClient> clients = await ChaosClient.CreateAsync(pair, Clients, Seed);
        ProductProcess leader = await pair.FindLeaderAsync();
        ProductProcess other = pair.Servers.Single(server => server != leader);
        EditedExperiment witness = await EditedExperiment.CreateAsync(pair.Api, other.Http, pair.EnvironmentId, "witness");

        var working = Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(LongRun.Count(60, full: 2_000)))));
        await Eventually.HoldsAsync(() => pair.Ledger.Acknowledged > Clients, "load");
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

    /// <summary>PostgreSQL ends the session that has the lock of writers, ten seconds later. Were there a queue of such sessions, each would get the lock in turn, and
    /// nobody else could write for ten seconds times their number.</summary>
    [Fact]
    public async Task Server_StoppedWithManyWritesUnderWay_HasOnlyOneInTheQueueOfWriters()
    {
        await using ControlPair pair = await ControlPair.StartAsync(log);
        (ProductProcess stopped, ProductProcess other) = (pair.Servers[0], pair.Servers[1]);

        // Published by hand: nothing is done but to write.
        await pair.Api.PatchAsync($"/environments/{pair.EnvironmentId}", """{"publish":"manual"}""");
        EditedExperiment[] edited = await Task.WhenAll(Enumerable.Range(0, Writers + 1).Select(number =>
            EditedExperiment.CreateAsync(pair.Api, stopped.Http, pair.EnvironmentId, $"experiment-{number}")));
        using CancellationTokenSource isOver = new();
        var working = Task.WhenAll(edited.Skip(1).Select((experiment, writer) => Task.Run(async () =>
        {
            Random random = new(Seed + writer);
            while (!isOver.IsCancellationRequested)
            {
                await experiment.EditAsync(stopped.Http, pair.Ledger, random.Next(1, MaxBorder));
            }
        })));
        await Eventually.HoldsAsync(() => pair.Ledger.Acknowledged > Writers, "load");
        stopped.Suspend();
        long start = TimeProvider.System.GetTimestamp();
        int queued = await pair.CountWritersAsync(stopped);
        if (LongRun.Enabled)
        {
            await Eventually.HoldsAsync(
                _ => edited[0].EditAsync(other.Http, pair.Ledger, 1234), "a mutation through the other server", TimeSpan.FromMinutes(5), () => pair.Ledger.Failures);
            log.WriteLine($"{queued} in the queue of writers; a mutation through the other server after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s");
        }

        stopped.Resume();
        await isOver.CancelAsync();
        await working;
        await pair.Ledger.CheckAsync(pair.Api, pair.EnvironmentId);

        Assert.InRange(queued, 0, 1);
    }
}
