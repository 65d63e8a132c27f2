using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Experiments.EndToEnd.Tests;

/// <summary>What <c>/metrics</c> tells of a process that has worked.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_OfAProcessThatHasWorked_HaveWhatTheDashboardAndTheAlertsAskFor()
    {
        await using ProductProcess process = await ProductProcess.StartAsync(
            ProductProgram.Server, [("Telemetry:Metrics", "true"), ("RateLimit:PermitLimit", "3")]);
        JsonElement environment = await (await process.Http.PostAsJsonAsync("/api/environments", new { name = "prod" })).Content.ReadFromJsonAsync<JsonElement>();
        (await process.Http.PostAsJsonAsync("/api/flags", new
        {
            key = "measured", type = "boolean", environmentId = environment.GetProperty("id").GetString(), enabled = true, variants = new[] { new { key = "on", value = true } },
        })).EnsureSuccessStatusCode();
        for (int i = 0; i < 6; i++)
        {
            await process.Http.GetAsync(new Uri("/api/decide?env=prod&user_key=secret-user-key&include=flags", UriKind.Relative));
        }

        string metrics = "";
        await Eventually.HoldsAsync(
            async cancellation =>
            {
                metrics = await process.Http.GetStringAsync("/metrics", cancellation);
                return metrics.Contains("experiments_client_snapshot_version", StringComparison.Ordinal);
            },
            "the snapshot is measured");

        foreach (string name in new[]
        {
            "experiments_control_publish_duration_seconds_bucket", "experiments_control_store_duration_seconds_bucket", "experiments_decide_duration_seconds_bucket", "experiments_decide_decisions",
            "experiments_gateway_rate_limited", "experiments_client_polls", "experiments_client_snapshot_age", "http_server_request_duration_seconds_bucket",
        })
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        Assert.Matches("experiments_decide_decisions[^\n]*environment=\"prod\"[^\n]*reason=\"[A-Z_]+\"", metrics);
        Assert.Contains("environment=\"prod\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-user-key", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-user-key", process.Output.ToString(), StringComparison.Ordinal);

        // Everything that the dashboard and the alerts ask for is there.
        string deployed = await File.ReadAllTextAsync(Repository.PathOf("deploy", "prometheus", "alerts.yaml"))
            + await File.ReadAllTextAsync(Repository.PathOf("deploy", "grafana", "experiments.json"));
        foreach (string asked in AskedFor(deployed))
        {
            Assert.Contains(asked, metrics, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Metrics_OfAProcessWithAGateway_AreOffByDefault()
    {
        await using ProductProcess process = await ProductProcess.StartAsync(ProductProgram.Server, []);

        Assert.Equal(HttpStatusCode.NotFound, (await process.Http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
    }

    private static IEnumerable<string> AskedFor(string text) => System.Text.RegularExpressions.Regex
        .Matches(text, @"\b(?:experiments|http_server)_[a-z_]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
        .Select(static one => one.Value).Distinct();
}
