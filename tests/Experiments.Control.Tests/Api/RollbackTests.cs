using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;
using Experiments.Control.Tests.Transfer;

namespace Experiments.Control.Tests.Api;

/// <summary>Rolling back over what has happened since.</summary>
public sealed class RollbackTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("salt", "another-salt")]
    [InlineData("unit", "account")]
    public async Task Rollback_LayerWithAnotherHash_DecidesAsThenAndSaysWhomItMoves(string member, string value)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string layer = (await Api.PostAsync("/layers", new { name = "l", environmentId = scenario.EnvironmentId })).Expect(HttpStatusCode.Created).Id;
        (await Api.PutAsync($"/experiments/{scenario.ExperimentId}/split", $$"""
            {"weights":[{"variantId":"{{scenario.ControlId}}","weight":1},{"variantId":"{{scenario.TreatmentId}}","weight":1}],"coverage":0.5,"layerId":"{{layer}}"}
            """)).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(scenario.ExperimentId, "RUNNING");
        string?[] before = (await Api.DeciderAsync(scenario.EnvironmentName)).Variants(scenario.Key, 500);
        string document = TransferScenario.Edit(await Api.ExportAsync(scenario.EnvironmentId), node => node["layers"]![0]![member] = value);

        Answer applied = (await Api.ApplyAsync(scenario.EnvironmentId, document)).Expect(HttpStatusCode.OK);
        Answer back = (await Api.PostAsync($"/environments/{scenario.EnvironmentId}/rollback", """{"version":1}""")).Expect(HttpStatusCode.OK);

        // Half are in, and half of those are in by the other hash too.
        Assert.Equal(("0.25", "0.25"), (applied.Header("x-reassigned-share"), back.Header("x-reassigned-share")));
        Assert.Equal(before, (await Api.DeciderAsync(scenario.EnvironmentName)).Variants(scenario.Key, 500));
        Assert.Equal("[]", (await Api.GetAsync($"/environments/{scenario.EnvironmentId}/diff?from=1&to=live"))["changes"].GetRawText());
    }

    [Fact]
    public async Task Rollback_OfASplit_SaysWhomItMovesInTheAnswerAndTheHistory()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        await Api.AllocateAsync(scenario.ExperimentId, (scenario.ControlId, 0, 9999));

        Answer back = (await Api.PostAsync($"/environments/{scenario.EnvironmentId}/rollback", """{"version":1}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("0.5", back.Header("x-reassigned-share"));
        JsonElement entry = ApiClient.Items(await Api.GetAsync($"/experiments/{scenario.ExperimentId}/history"))[0];
        Assert.Equal(0.5m, entry.GetProperty("reassignedShare").GetDecimal());
    }

    [Fact]
    public async Task Rollback_KeyThatTheOtherKindHasByNow_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "k1");
        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "k1");
        string error = (await Api.PostAsync($"/environments/{environment.Id}/rollback", """{"version":1}""")).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains("flag \"k1\"", error, StringComparison.Ordinal);

        string a = (await Api.CreateVariantAsync(experiment.Id, "a")).Id;
        await Api.AllocateAsync(experiment.Id, (a, 0, 9999));
        Answer started = await Api.MoveAsync(experiment.Id, "RUNNING");
        long version = (await Api.GetAsync($"/environments/{environment.Id}/versions"))["data"][0].GetProperty("version").GetInt64();
        (await Api.DeleteAsync($"/experiments/{experiment.Id}")).Expect(HttpStatusCode.OK);
        await Api.CreateFlagAsync(environment.Id, "", "k1");
        error = (await Api.PostAsync($"/environments/{environment.Id}/rollback", new { version })).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains("experiment \"k1\"", error, StringComparison.Ordinal);
        Assert.Equal("RUNNING", started["status"].GetString());
    }

    [Fact]
    public async Task Rollback_RuleOfAnExperimentThatWasNotLiveAndIsDeleted_GoesWithoutIt()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "exp");
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$""","rules":[{"serve":{"experimentId":"{{experiment.Id}}"} },{"name":"rest","serve":{"variant":"on"} }]""");
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"rules":[]}""")).Expect(HttpStatusCode.OK);
        (await Api.DeleteAsync($"/experiments/{experiment.Id}")).Expect(HttpStatusCode.OK);

        (await Api.PostAsync($"/environments/{environment.Id}/rollback", """{"version":1}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("rest", Assert.Single((await Api.GetAsync($"/flags/{flag.Id}"))["rules"].EnumerateArray()).GetProperty("name").GetString());
        (await Api.PostAsync($"/flags/{flag.Id}/copy", new { environmentId = environment.Id, key = "copied" })).Expect(HttpStatusCode.Created);
    }
}
