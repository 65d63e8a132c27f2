using System.Net;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>32 clients at once, each on connections of its own.</summary>
public sealed class ConcurrentClientsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private const int Clients = 32;

    private static readonly int Rounds = LongRun.Count(1, full: 20);

    private ApiClient Api => server.Api;

    [Fact]
    public async Task Clients_CreatingEditingAndPublishing_LoseNothing()
    {
        Answer environment = await Api.CreateEnvironmentAsync();

        await AtOnceAsync(async (api, client) =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                await LiveAsync(api, environment.Id, $"key-{client}-{round}");
            }
        });

        IReadOnlyList<JsonElement> versions = await VersionsAsync(environment.Id);
        Assert.Equal(versions.Count, versions.Select(version => version.GetProperty("version").GetInt64()).Distinct().Count());
        Assert.All(versions, version => Assert.Equal("PUBLISHED", version.GetProperty("status").GetString()));
        Answer latest = await Api.GetAsync($"/configs/{environment["name"].GetString()}/snapshots/latest.json");
        Assert.Equal(versions[0].GetProperty("version").GetInt64(), latest["version"].GetInt64());
        Assert.Equal(
            Enumerable.Range(0, Clients)
                .SelectMany(client => Enumerable.Range(0, Rounds).Select(round => $"key-{client}-{round}"))
                .Order(StringComparer.Ordinal),
            Shapes.Column(latest["experiments"], "key").Order(StringComparer.Ordinal));
        Assert.All(
            latest["experiments"].EnumerateArray(),
            experiment => Assert.Equal(2, experiment.GetProperty("variants")[0].GetProperty("payload").GetProperty("n").GetInt32()));
        await AssertEveryVersionIsWholeAsync(environment, versions);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Clients_AddingVariantsToOneExperiment_LoseNone()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        await AtOnceAsync(async (api, client) =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                await api.CreateVariantAsync(scenario.ExperimentId, $"v-{client}-{round}");
            }
        });

        JsonElement variants = (await Api.GetAsync(scenario.Path))["variants"];
        Assert.Equal(2 + (Clients * Rounds), variants.GetArrayLength());
        Answer latest = await Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/latest.json");
        Assert.Equal(
            Shapes.Column(variants, "id"), Shapes.Column(latest["experiments"][0].GetProperty("variants"), "id"));
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Clients_CreatingTheSameKey_OneWins()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        HttpStatusCode[] answers = new HttpStatusCode[Clients];

        await AtOnceAsync(async (api, client) => answers[client] =
            (await api.PostAsync("/experiments", new { key = "same", name = $"{client}", environmentId = environment.Id })).Status);

        Assert.Single(answers, HttpStatusCode.Created);
        Assert.Equal(Clients - 1, answers.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Clients_ChangingDifferentMembersOfOneExperiment_OverwriteNothing()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        await AtOnceAsync(async (api, client) =>
        {
            object change = (client % 3) switch
            {
                0 => new { name = "changed" },
                1 => new { description = "changed" },
                _ => new { targetingRules = Rules.Country("DE") },
            };
            (await api.PatchAsync(scenario.Path, change)).Expect(HttpStatusCode.OK);
        });

        Answer found = await Api.GetAsync(scenario.Path);
        Assert.Equal("changed", found["name"].GetString());
        Assert.Equal("changed", found["description"].GetString());
        Assert.Equal(1, found["targetingRules"].GetArrayLength());
    }

    [Fact]
    public async Task Clients_DeletingAnAudienceWhileOthersTakeIt_NeverLeaveADanglingReference()
    {
        ExperimentScenario[] scenarios = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Api.CreateScenarioAsync("RUNNING", withAudience: true)));
        foreach (ExperimentScenario scenario in scenarios)
        {
            await Api.PatchAsync(scenario.Path, """{"audienceId":null}""");
        }

        await AtOnceAsync(async (api, client) =>
        {
            ExperimentScenario scenario = scenarios[client % scenarios.Length];
            Answer answer = client < scenarios.Length
                ? await api.DeleteAsync($"/audiences/{scenario.AudienceId}")
                : await api.PatchAsync(scenario.Path, new { audienceId = scenario.AudienceId });
            Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound });
        });

        foreach (ExperimentScenario scenario in scenarios)
        {
            Answer experiment = (await Api.GetAsync(scenario.Path)).Expect(HttpStatusCode.OK);
            bool isThere = (await Api.GetAsync($"/audiences/{scenario.AudienceId}")).Status == HttpStatusCode.OK;
            Assert.Equal(isThere ? scenario.AudienceId : null, experiment["audienceId"].GetString());
            (await Api.PostAsync($"{scenario.Path}/publish")).Expect(HttpStatusCode.OK);
        }
    }

    private static async Task LiveAsync(ApiClient api, string environmentId, string key)
    {
        string id = (await api.CreateExperimentAsync(environmentId, key)).Id;
        string variantId = (await api.CreateVariantAsync(id, "v", new { n = 1 })).Id;
        await api.AllocateAsync(id, (variantId, 0, 9999));
        await api.MoveAsync(id, "RUNNING");
        (await api.PatchAsync($"/experiments/{id}/variants/{variantId}", """{"payload":{"n":2}}""")).Expect(HttpStatusCode.OK);
        (await api.PostAsync($"/experiments/{id}/publish")).Expect(HttpStatusCode.OK);
    }

    private async Task AtOnceAsync(Func<ApiClient, int, Task> run)
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            await run(new ApiClient(http), client);
        })));
    }

    private async Task<IReadOnlyList<JsonElement>> VersionsAsync(string environmentId)
    {
        List<JsonElement> versions = [];
        for (int page = 1; ; page++)
        {
            Answer answer = await Api.GetAsync($"/environments/{environmentId}/versions?page={page}&pageSize=100");
            versions.AddRange(answer["data"].EnumerateArray());
            if (page >= answer["pagination"].GetProperty("totalPages").GetInt32())
            {
                return versions;
            }
        }
    }

    private async Task AssertEveryVersionIsWholeAsync(Answer environment, IReadOnlyList<JsonElement> versions)
    {
        string name = environment["name"].GetString()!;
        foreach (JsonElement record in versions)
        {
            long version = record.GetProperty("version").GetInt64();
            Answer snapshot = (await Api.GetAsync($"/configs/{name}/snapshots/{version}.json")).Expect(HttpStatusCode.OK);
            Assert.Empty(SnapshotReader.Read(snapshot.Body, name, version).Faults);
            Assert.Equal($"\"{record.GetProperty("sha256").GetString()}\"", snapshot.Header("ETag"));
        }
    }
}
