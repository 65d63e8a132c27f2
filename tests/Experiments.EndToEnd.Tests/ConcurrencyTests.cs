using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

/// <summary>32 clients create, edit and publish at once.</summary>
public sealed class ConcurrencyTests(ITestOutputHelper log)
{
    private const int Clients = 32;

    [Fact]
    public async Task Clients_CreatingEditingPublishing_LoseNothingAndPublishNoVersionTwice()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(
            ProductProgram.Server, [("RateLimit:Enabled", "false")], log);
        var api = new ControlApi(server.Http);
        string environmentId = await api.CreateEnvironmentAsync("prod");
        string sharedId = await api.CreateRunningExperimentAsync(environmentId, "shared");
        int rounds = LongRun.Count(4, 30);
        var versions = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => RunClientAsync(client)));

        // Every variant that a client added to the shared experiment is there: no edit overwrote another.
        string[] variants = [.. (await api.GetAsync($"/experiments/{sharedId}")).GetProperty("variants").EnumerateArray()
            .Select(variant => variant.GetProperty("key").GetString()!)];
        string[] expected = [.. Enumerable.Range(0, Clients).SelectMany(client => Enumerable.Range(0, rounds).Select(round => $"v-{client}-{round}"))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), variants.Except(["control", "treatment"]).Order(StringComparer.Ordinal));
        Assert.Equal(versions.Count, versions.Distinct().Count());

        JsonElement experiments = (await api.GetAsync($"/experiments?environmentId={environmentId}&status=RUNNING&page=1&pageSize=100"))
            .GetProperty("pagination");
        Assert.Equal(Clients + 1, experiments.GetProperty("total").GetInt64());
        string last = (await api.PostAsync($"/experiments/{sharedId}/publish", "{}")).GetRawText();
        Assert.All(expected, key => Assert.Contains($"\"{key}\"", last, StringComparison.Ordinal));

        async Task RunClientAsync(int client)
        {
            string ownId = await api.CreateRunningExperimentAsync(environmentId, $"own-{client}");
            for (int round = 0; round < rounds; round++)
            {
                string key = $"v-{client}-{round}";
                await api.PostAsync($"/experiments/{sharedId}/variants", JsonSerializer.Serialize(new { key, name = key }));
                await api.PatchAsync($"/experiments/{ownId}", JsonSerializer.Serialize(new { name = $"Round {round}" }));
                versions.Add((await api.PostAsync($"/experiments/{ownId}/publish", "{}")).GetProperty("version").GetInt64());
                using HttpResponseMessage duplicate = await api.RequestAsync(
                    HttpMethod.Post, "/experiments", JsonSerializer.Serialize(new { key = "shared", name = "again", environmentId }));
                Assert.Equal(HttpStatusCode.Conflict, duplicate.StatusCode);
            }
        }
    }
}
