using System.Net;
using System.Text;
using System.Text.Json;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests;

/// <summary>What happens to decisions and to health when the store goes bad under a running server.</summary>
public sealed class StoreTroubleTests : IDisposable
{
    private readonly SnapshotStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Poll_NewVersion_IsDecidedFrom()
    {
        _store.Publish("prod", 1);
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal(1, await VersionAsync(server));
        _store.Publish("prod", 2, "");
        await Eventually.HoldsAsync(async _ => await VersionAsync(server) == 2, "version 2");
        Assert.Empty((await server.DecideAsync("prod")).Json.GetProperty("assignments").EnumerateArray());
    }

    [Fact]
    public async Task Poll_EnvironmentPublishedLater_IsFound()
    {
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.DecideAsync("prod")).Status);
        _store.Publish("prod", 1);
        await Eventually.HoldsAsync(async _ => (await server.DecideAsync("prod")).Status == HttpStatusCode.OK, "200");
    }

    [Theory]
    [InlineData("""{"version":2,"environment":"prod","publishedAt":"x","experiments":[""", "not JSON")]
    [InlineData("""{"version":2,"environment":"prod","publishedAt":"x","experiments":[],"format":99}""", "$.format: 99 is a format that this reader does not know")]
    [InlineData("""{"version":2,"environment":"other","publishedAt":"x","experiments":[]}""", "$.environment: \"other\"")]
    [InlineData("""{"version":3,"environment":"prod","publishedAt":"x","experiments":[]}""", "$.version: 3")]
    [InlineData("""{"version":2,"environment":"prod","publishedAt":"x"}""", "$.experiments: missing")]
    public async Task Poll_BadSnapshot_KeepsTheLastGoodAndHealthSaysWhy(string snapshot, string why)
    {
        _store.Publish("prod", 1);
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal(1, await VersionAsync(server));
        _store.Publish("prod", 2, Encoding.UTF8.GetBytes(snapshot));
        await AssertProblemAsync(server, why);
        Assert.Equal(1, await VersionAsync(server));
        Assert.Contains(why, server.LogText, StringComparison.Ordinal);

        _store.Publish("prod", 4);
        await Eventually.HoldsAsync(async _ => await VersionAsync(server) == 4, "version 4");
        await Eventually.HoldsAsync(
            async _ => (await server.GetAsync("/health")).Text == """{"status":"ok","config_versions":{"prod":4}}""", "no problem");
    }

    [Fact]
    public async Task Poll_WrongChecksum_KeepsTheLastGood()
    {
        _store.Publish("prod", 1);
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal(1, await VersionAsync(server));
        _store.Publish("prod", 2);
        _store.WritePointer("prod", """{"version":2,"sha256":"00"}""");
        await AssertProblemAsync(server, "but version.json says 00");
    }

    [Fact]
    public async Task Start_OnlyABadSnapshot_Answers503AndLogsWhy()
    {
        _store.Publish("prod", 1, "{"u8.ToArray());
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.DecideAsync("prod")).Status);
        await Eventually.HoldsAsync(() => server.LogText.Contains("not JSON", StringComparison.Ordinal), "the reason in the log");
        await AssertProblemAsync(server, "not JSON");
        Assert.Empty((await server.GetAsync("/health")).Json.GetProperty("config_versions").EnumerateObject());

        // The store answers, so that it is not ready would help nobody.
        Assert.Equal("""{"status":"ready"}""", (await server.GetAsync("/health/ready")).Text);
    }

    [Fact]
    public async Task Ready_NamedEnvironmentOnlyBad_SaysWhyUntilItIsLoaded()
    {
        _store.Publish("prod", 1, "{"u8.ToArray());
        await using DecideServer server = await DecideServer.StartAsync(_store, "--Experiments:Environments=prod,later");
        await Eventually.HoldsAsync(
            async _ => (await server.GetAsync("/health/ready")).Text.Contains("not JSON", StringComparison.Ordinal), "the reason");
        Answer notReady = await server.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.Status);
        string reason = notReady.Json.GetProperty("reasons").GetProperty("snapshots").GetString()!;
        Assert.StartsWith("prod: no snapshot yet: version 1: ", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("later", reason, StringComparison.Ordinal);
        await AssertProblemAsync(server, "not JSON");

        // Nobody asks for it: it is polled because it is named.
        _store.Publish("prod", 2);
        await Eventually.HoldsAsync(async _ => (await server.GetAsync("/health/ready")).Text == """{"status":"ready"}""", "ready");
        Assert.Equal(2, await VersionAsync(server));
    }

    [Fact]
    public async Task Store_Removed_DecisionsGoOnAndARestartUsesTheLastGood()
    {
        _store.Publish("prod", 5);
        await using (DecideServer server = await DecideServer.StartAsync(_store))
        {
            Assert.Equal(5, await VersionAsync(server));
            _store.Remove();
            await AssertProblemAsync(server, "nothing is published any more; version 5 stays");
            Assert.Equal(5, await VersionAsync(server));
        }

        await using DecideServer restarted = await DecideServer.StartAsync(_store);
        Assert.Equal(5, await VersionAsync(restarted));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await restarted.DecideAsync("other")).Status);
        await AssertProblemAsync(restarted, "nothing is published any more; version 5 stays");

        _store.Publish("prod", 6);
        await Eventually.HoldsAsync(async _ => await VersionAsync(restarted) == 6, "version 6");
    }

    [Fact]
    public async Task LastGood_OfAnotherStore_IsNotUsed()
    {
        _store.Publish("prod", 5);
        await using (DecideServer server = await DecideServer.StartAsync(_store))
        {
            Assert.Equal(5, await VersionAsync(server));
        }

        using var other = new SnapshotStore();
        await using DecideServer moved = await DecideServer.StartAsync(other, "--contentRoot", Path.GetDirectoryName(_store.Path)!);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await moved.DecideAsync("prod")).Status);
    }

    [Fact]
    public async Task Health_SeveralEnvironments_ListsThemSorted()
    {
        _store.Publish("b", 2);
        _store.Publish("B", 3);
        _store.Publish("a", 1);
        await using DecideServer server = await DecideServer.StartAsync(_store);
        Assert.Equal("""{"status":"ok","config_versions":{}}""", (await server.GetAsync("/health")).Text);
        foreach (string name in (string[])["b", "nope", "a", "B"])
        {
            await server.DecideAsync(name);
        }

        Answer health = await server.GetAsync("/api/health");
        Assert.Equal("""{"status":"ok","config_versions":{"B":3,"a":1,"b":2}}""", health.Text);
        Assert.Equal("application/json; charset=utf-8", health.ContentType);
    }

    [Fact]
    public async Task Decide_ManyEnvironmentNames_StaysBounded()
    {
        _store.Publish("prod", 1);
        await using DecideServer server = await DecideServer.StartAsync(_store);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, LongRun.Count(5_000, full: 100_000)),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.DecideAsync($"made-up-{i}")).Status));
        Assert.Equal(1, await VersionAsync(server));
        await Eventually.HoldsAsync(() => server.Environments.Counts is (1, <= 1_000), "only prod and at most 1,000 names");
    }

    [Fact]
    public async Task Decide_WhileVersionsChange_VersionAndAssignmentsAreOfOneSnapshot()
    {
        _store.Publish("prod", 1, Named(1));
        await using DecideServer server = await DecideServer.StartAsync(_store);
        for (int version = 2; version < 6; version++)
        {
            _store.Publish("prod", version, Named(version));
            long seen;
            do
            {
                JsonElement answer = (await server.DecideAsync("prod")).Json;
                seen = answer.GetProperty("config_version").GetInt64();
                Assert.Equal($"of-{seen}", answer.GetProperty("assignments")[0].GetProperty("experiment_key").GetString());
            }
            while (seen < version);
        }

        static string Named(int version) => SnapshotStore.Everyone.Replace("everyone", $"of-{version}", StringComparison.Ordinal);
    }

    private static async Task<long> VersionAsync(DecideServer server)
    {
        Answer answer = await server.DecideAsync("prod");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json.GetProperty("config_version").GetInt64();
    }

    private static async Task AssertProblemAsync(DecideServer server, string why)
    {
        JsonElement health = await Eventually.ReadAsync(
            async _ => (await server.GetAsync("/health")).Json,
            health => health.TryGetProperty("problems", out JsonElement problems)
                && problems.GetProperty("prod").GetString()!.Contains(why, StringComparison.Ordinal),
            $"health with {why}");
        Assert.Equal("ok", health.GetProperty("status").GetString());
    }
}
