using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

public sealed class DamagedSnapshotTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("corrupt", "not json at all")]
    [InlineData("truncated", """{"version":1000,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[{"id":"e1",""")]
    [InlineData("future", """{"version":1000,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[],"format":3}""")]
    public async Task Decide_DamagedSnapshotInTheStore_KeepsTheLastGoodAndSaysWhy(string kind, string content)
    {
        using var store = new TempDirectory();
        await using ProductProcess server = await ProductProcess.StartAsync(
            ProductProgram.Server,
            [("PollInterval", "00:00:00.1"), .. StoreSettings.InDirectory(store.Path)],
            log);
        var api = new ControlApi(server.Http);
        string id = await api.CreateRunningExperimentAsync(await api.CreateEnvironmentAsync("prod"), "exp");
        JsonElement good = (await api.DecideAsync("prod", "user-1"))!.Value;
        await File.WriteAllTextAsync(store.PathOf(SnapshotKeys.Snapshot("prod", 1000)), content);
        await File.WriteAllTextAsync(store.PathOf(SnapshotKeys.Pointer("prod")), """{"version":1000}""");

        await Eventually.HoldsAsync(
            async _ => (await api.GetAsync("/health")).TryGetProperty("problems", out JsonElement problems)
                && problems.GetProperty("prod").GetString()!.Contains("1000", StringComparison.Ordinal),
            $"the reason for refusing a {kind} snapshot in /health");
        await Eventually.HoldsAsync(
            () => server.Output.ToString().Contains("version 1000", StringComparison.Ordinal), "the reason in the log");
        Assert.Equal(good.GetRawText(), (await api.DecideAsync("prod", "user-1"))!.Value.GetRawText());

        // The next publish is above it and heals everything.
        JsonElement published = await api.PostAsync($"/experiments/{id}/publish", "{}");
        Assert.Equal(1001, published.GetProperty("version").GetInt64());
        await Eventually.HoldsAsync(
            async _ => ControlApi.VersionOf(await api.DecideAsync("prod", "user-1")) == 1001, "version 1001 in decide");
        Assert.False((await api.GetAsync("/health")).TryGetProperty("problems", out _));
    }
}
