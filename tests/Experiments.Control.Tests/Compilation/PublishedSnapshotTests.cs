using System.Net;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Compilation;

/// <summary>From the API to the bytes that readers get.</summary>
public sealed class PublishedSnapshotTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Publish_OneRunning_HoldsExactlyWhatReadersNeed()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string audienceId = (await Api.CreateAudienceAsync(environment.Id, Rules.Country("DE"))).Id;
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "checkout", audienceId, Rules.Of("age", "gt", 18));
        string b = (await Api.CreateVariantAsync(experiment.Id, "b", new { color = "#0066cc" })).Id;
        string a = (await Api.CreateVariantAsync(experiment.Id, "a")).Id;
        await Api.AllocateAsync(experiment.Id, (a, 5000, 9999), (b, 0, 99), (a, 100, 100));
        await Api.MoveAsync(experiment.Id, "RUNNING");

        JsonElement snapshot = await ReadAsync(environment);

        Shapes.AssertMembers(["version", "environment", "publishedAt", "experiments"], snapshot);
        Shapes.AssertTime(snapshot.GetProperty("publishedAt"));
        string expected = $$$"""
            [{"id":"{{{experiment.Id}}}","key":"checkout","salt":"{{{experiment["salt"].GetString()}}}",
            "audienceRules":[{"conditions":[{"attribute":"country","operator":"eq","value":"DE"}]}],
            "targetingRules":[{"conditions":[{"attribute":"age","operator":"gt","value":18}]}],
            "variants":[{"id":"{{{b}}}","key":"b","payload":{"color":"#0066cc"}},{"id":"{{{a}}}","key":"a"}],
            "allocations":[{"variantId":"{{{b}}}","rangeStart":0,"rangeEnd":99},{"variantId":"{{{a}}}","rangeStart":100,"rangeEnd":100},
            {"variantId":"{{{a}}}","rangeStart":5000,"rangeEnd":9999}]}]
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), snapshot.GetProperty("experiments").GetRawText());
    }

    [Fact]
    public async Task Publish_OfEveryStatus_HoldsTheRunningOnesInCreationOrder()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        foreach ((string key, string[] steps) in new (string, string[])[]
        {
            ("z", ["RUNNING"]), ("draft", []), ("a", ["RUNNING"]), ("paused", ["RUNNING", "PAUSED"]), ("archived", ["ARCHIVED"]),
            ("m", ["RUNNING", "PAUSED", "RUNNING"]),
        })
        {
            string id = (await Api.CreateExperimentAsync(environment.Id, key)).Id;
            await Api.AllocateAsync(id, ((await Api.CreateVariantAsync(id, "v")).Id, 0, 9999));
            foreach (string step in steps)
            {
                await Api.MoveAsync(id, step);
            }
        }

        JsonElement snapshot = await ReadAsync(environment);

        Assert.Equal(["z", "a", "m"], Shapes.Column(snapshot.GetProperty("experiments"), "key"));
    }

    [Fact]
    public async Task Publish_AfterEdits_KeepsVariantsInCreationOrder()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        await Api.CreateVariantAsync(scenario.ExperimentId, "aaa");
        await Api.PatchAsync($"{scenario.Path}/variants/{scenario.ControlId}", """{"name":"changed last"}""");

        JsonElement snapshot = await ReadAsync(scenario.EnvironmentName);

        Assert.Equal(["control", "treatment", "aaa"], Shapes.Column(snapshot.GetProperty("experiments")[0].GetProperty("variants"), "key"));
    }

    [Fact]
    public async Task Publish_AudienceChanged_HoldsItsNewRules()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);

        await Api.PatchAsync($"/audiences/{scenario.AudienceId}", new { rules = Rules.Country("FR") });

        JsonElement snapshot = await ReadAsync(scenario.EnvironmentName);
        Assert.Equal(
            """[{"conditions":[{"attribute":"country","operator":"eq","value":"FR"}]}]""",
            snapshot.GetProperty("experiments")[0].GetProperty("audienceRules").GetRawText());
    }

    [Theory]
    [InlineData("PAUSED")]
    [InlineData("ARCHIVED")]
    [InlineData("DELETED")]
    public async Task Publish_NoLongerRunning_LeavesItOut(string status)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        (status == "DELETED" ? await Api.DeleteAsync(scenario.Path) : await Api.MoveAsync(scenario.ExperimentId, status))
            .Expect(HttpStatusCode.OK);

        Assert.Equal("[]", (await ReadAsync(scenario.EnvironmentName)).GetProperty("experiments").GetRawText());
    }

    [Fact]
    public async Task Publish_OtherEnvironment_IsLeftOut()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        await Api.CreateScenarioAsync("RUNNING");

        await Api.PostAsync($"{scenario.Path}/publish");

        Assert.Equal([scenario.ExperimentId], Shapes.Column((await ReadAsync(scenario.EnvironmentName)).GetProperty("experiments"), "id"));
    }

    private Task<JsonElement> ReadAsync(Answer environment) => ReadAsync(environment["name"].GetString()!);

    /// <summary>The latest snapshot, which the SDK's own reader must accept.</summary>
    private async Task<JsonElement> ReadAsync(string environment)
    {
        Answer latest = (await Api.GetAsync($"/configs/{environment}/snapshots/latest.json")).Expect(HttpStatusCode.OK);
        Assert.Empty(SnapshotReader.Read(latest.Body, environment, latest["version"].GetInt64()).Faults);
        return latest.Json;
    }
}
