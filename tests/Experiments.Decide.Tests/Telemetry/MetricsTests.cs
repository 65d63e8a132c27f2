using System.Net;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests.Telemetry;

/// <summary>What <c>/metrics</c> of the standalone program tells.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterDecisions_HaveWhatTheDashboardAsksForAndNoUserKeys()
    {
        using var store = new SnapshotStore();
        store.Publish("prod", 1);
        await using DecideServer server = await DecideServer.StartAsync(store);
        Assert.Equal(HttpStatusCode.OK, (await server.DecideAsync("prod", "secret-user-key", """{"email":"secret@example.com"}""")).Status);

        // The metrics of a request are written down after its answer, and a scrape is remembered for a moment.
        string metrics = "";
        string[] names =
        [
            "experiments_decide_duration_seconds_bucket", "experiments_decide_decisions", "experiments_client_snapshot_version",
            "http_server_request_duration_seconds_bucket", "http_route=\"/decide\"", "dotnet_",
        ];
        await Eventually.HoldsAsync(
            async _ =>
            {
                metrics = (await server.GetAsync("/metrics")).Text;
                return Array.TrueForAll(names, name => metrics.Contains(name, StringComparison.Ordinal));
            },
            "all is measured",
            state: () => metrics);
        Assert.DoesNotContain("secret", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/metrics")).Status);
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThere()
    {
        using var store = new SnapshotStore();
        await using DecideServer server = await DecideServer.StartAsync(store, "--Experiments:Telemetry:Metrics=false");
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/metrics")).Status);
    }
}
