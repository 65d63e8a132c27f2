using System.Net;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>Splits by weights, layers, holdouts, ramps, schedules, overrides, units: of experiments.</summary>
public sealed class SplitEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Put_Split_AnswersAllocationsWhateverTheOrderOfWeights()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        Answer split = await SplitAsync(scenario, 0.573m, (scenario.TreatmentId, 1), (scenario.ControlId, 2));
        Assert.Equal(
            [(scenario.ControlId, 0, 3819), (scenario.TreatmentId, 5000, 6909)],
            split.Json.EnumerateArray().Select(Range));
        Answer again = await SplitAsync(scenario, 0.573m, (scenario.ControlId, 2), (scenario.TreatmentId, 1));
        Assert.Equal(split.Text, again.Text);
        Assert.Equal("false", again.Header("x-publish-attempted"));
    }

    [Fact]
    public async Task Put_SplitOfARunningExperiment_SaysWhomItMovesAndWritesItDown()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        object body = Body(1, (scenario.ControlId, 3), (scenario.TreatmentId, 1));
        Answer preview = (await Api.PostAsync($"/experiments/{scenario.ExperimentId}/split/preview", body)).Expect(HttpStatusCode.OK);
        Assert.Equal(
            $$"""{"movedShare":0.25,"moves":[{"from":"{{scenario.TreatmentId}}","to":"{{scenario.ControlId}}","share":0.25}]}""", preview.Text);
        Answer split = (await Api.PutAsync($"/experiments/{scenario.ExperimentId}/split", body)).Expect(HttpStatusCode.OK);
        Assert.Equal(("0.25", "true"), (split.Header("x-reassigned-share"), split.Header("x-publish-succeeded")));
        JsonElement entry = ApiClient.Items(await Api.GetAsync($"/experiments/{scenario.ExperimentId}/history"))[0];
        Assert.Equal(0.25m, entry.GetProperty("reassignedShare").GetDecimal());

        Answer allocations = (await Api.PostAsync(
            $"/experiments/{scenario.ExperimentId}/allocations/preview",
            new { allocations = new[] { new { variantId = scenario.ControlId, rangeStart = 0, rangeEnd = 4999 } } })).Expect(HttpStatusCode.OK);
        Assert.Equal(0.5m, allocations["movedShare"].GetDecimal());
        Answer experiment = await Api.GetAsync($"/experiments/{scenario.ExperimentId}");
        Assert.Equal(1m, experiment["split"].GetProperty("coverage").GetDecimal());
        await Api.AllocateAsync(scenario.ExperimentId, (scenario.ControlId, 0, 9999));
        Assert.DoesNotContain("\"split\"", (await Api.GetAsync($"/experiments/{scenario.ExperimentId}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfTheUnitOfARunningExperiment_MovesAsManyAsAnotherHashDoes()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string body = $$"""
            {"weights":[{"variantId":"{{scenario.ControlId}}","weight":1},{"variantId":"{{scenario.TreatmentId}}","weight":1}],"coverage":0.5,"unit":"account"}
            """;
        Answer preview = (await Api.PostAsync($"/experiments/{scenario.ExperimentId}/split/preview", body)).Expect(HttpStatusCode.OK);

        // Of all, who had each of them: a quarter gets the same again, a quarter the other one, and half is not in any more.
        Assert.Equal(0.75m, preview["movedShare"].GetDecimal());
        Assert.Equal([0.125m, 0.25m, 0.125m, 0.25m], preview["moves"].EnumerateArray().Select(static move => move.GetProperty("share").GetDecimal()));
        Assert.Equal("0.75", (await Api.PutAsync($"/experiments/{scenario.ExperimentId}/split", body)).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
        Assert.Equal(
            "0.375", (await Api.PatchAsync($"/experiments/{scenario.ExperimentId}", """{"unit":null}""")).Expect(HttpStatusCode.OK).Header("x-reassigned-share"));
    }

    [Theory]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1}]}""", "coverage is missing")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1}],"coverage":1.0001}""", "coverage")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1}],"coverage":-0.1}""", "coverage")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1}],"coverage":0.33333}""", "coverage")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1.5}],"coverage":1}""", "weights[0].weight must be an integer")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":-1}],"coverage":1}""", "weights[0].weight")]
    [InlineData("""{"weights":[{"variantId":"{control}","weight":1},{"variantId":"{control}","weight":1}],"coverage":1}""", "a second time")]
    [InlineData("""{"weights":[{"variantId":"nope","weight":1}],"coverage":1}""", "weights[0] names variant nope")]
    [InlineData("""{"weights":{},"coverage":1}""", "weights must be an array")]
    public async Task Put_BadSplit_IsRefused(string body, string message)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string error = (await Api.PutAsync(
            $"/experiments/{scenario.ExperimentId}/split", body.Replace("{control}", scenario.ControlId, StringComparison.Ordinal)))
            .ExpectProblem(HttpStatusCode.BadRequest);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layer_TwoExperiments_NeverOverlapAndItRefusesToOverbook()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer layer = (await Api.PostAsync("/layers", new { name = "checkout", environmentId = environment.Id })).Expect(HttpStatusCode.Created);
        (await Api.PostAsync("/layers", new { name = "checkout", environmentId = environment.Id })).ExpectProblem(HttpStatusCode.Conflict);
        (string First, string V1) one = await RunningAsync(environment.Id, "one", 0.6m, layer.Id);
        (string Second, string V2) two = await RunningAsync(environment.Id, "two", 0.3m, layer.Id);
        Answer free = await Api.GetAsync($"/layers/{layer.Id}");
        Assert.Equal(0.1m, free["freeShare"].GetDecimal());
        Assert.Equal(2, free["claims"].GetArrayLength());
        string error = (await Api.PutAsync($"/experiments/{two.Second}/split", Body(0.5m, layer.Id, (two.V2, 1)))).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("checkout", error, StringComparison.Ordinal);
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        string?[] first = decider.Variants("one", 3_000);
        string?[] second = decider.Variants("two", 3_000);
        Assert.All(first.Zip(second), static pair => Assert.False(pair.First is not null && pair.Second is not null));
        Assert.InRange(first.Count(static variant => variant is not null), 1_700, 1_900);
        Assert.InRange(second.Count(static variant => variant is not null), 800, 1_000);

        (await Api.DeleteAsync($"/layers/{layer.Id}")).ExpectProblem(HttpStatusCode.Conflict);
        await Api.MoveAsync(one.First, "ARCHIVED");
        Assert.Equal(0.7m, (await Api.GetAsync($"/layers/{layer.Id}"))["freeShare"].GetDecimal());
        (await Api.DeleteAsync($"/experiments/{two.Second}")).Expect(HttpStatusCode.OK);
        (await Api.DeleteAsync($"/layers/{layer.Id}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Holdout_OfEverythingAndOfATag_HoldsOut()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        (string id, _) = await RunningAsync(environment.Id, "exp", 1, null);
        await Api.CreateFlagAsync(environment.Id, ""","tags":["ui"],"rules":[{"serve":{"variant":"on"}}]""", "nav");
        Answer holdout = (await Api.PostAsync("/holdouts", new { name = "global", environmentId = environment.Id, share = 0.1 })).Expect(HttpStatusCode.Created);
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        string?[] experiment = decider.Variants("exp", 3_000);
        string?[] flag = decider.Variants("nav", 3_000);
        Assert.InRange(experiment.Count(static variant => variant is null), 230, 370);
        Assert.All(experiment.Zip(flag), static pair => Assert.Equal(pair.First is null, pair.Second == "off"));
        int held = Array.IndexOf(experiment, null);
        Assert.Equal("HOLDOUT", decider.Decide("exp", $"{held}").ReasonText);

        (await Api.PatchAsync($"/holdouts/{holdout.Id}", """{"tag":"ui"}""")).Expect(HttpStatusCode.OK);
        decider = await Api.DeciderAsync(environment["name"].GetString()!);
        Assert.All(decider.Variants("exp", 500), Assert.NotNull);
        Assert.Equal("off", decider.Decide("nav", $"{held}").VariantKey);
        (await Api.DeleteAsync($"/holdouts/{holdout.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal("on", (await Api.DeciderAsync(environment["name"].GetString()!)).Decide("nav", $"{held}").VariantKey);
        (await Api.PostAsync("/holdouts", new { name = "x", environmentId = environment.Id, share = 2 })).ExpectProblem(HttpStatusCode.BadRequest);
        Assert.NotEmpty(id);
    }

    [Fact]
    public async Task Patch_TagOfARunningExperimentThatAHoldoutHas_PublishesAtOnce()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string id = (await RunningAsync(environment.Id, "exp", 1, null)).Id;
        (await Api.PostAsync("/holdouts", new { name = "half", environmentId = environment.Id, tag = "pay", share = 0.5 })).Expect(HttpStatusCode.Created);

        Answer tagged = (await Api.PatchAsync($"/experiments/{id}", """{"tags":["pay"]}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("true", tagged.Header("x-publish-succeeded"));
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        Assert.InRange(decider.Variants("exp", 1_000).Count(static variant => variant is null), 420, 580);
        Assert.Equal("No changes.", (await Api.GetAsync($"/environments/{environment.Id}/diff"))["text"].GetString());
    }

    [Fact]
    public async Task Impact_PayloadThatFormat1LeavesOut_IsNoChangeInFormat2()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        (string id, string variantId) = await RunningAsync(environment.Id, "exp", 1, null);
        (await Api.PatchAsync($"/environments/{environment.Id}", """{"publish":"manual"}""")).Expect(HttpStatusCode.OK);
        (await Api.PatchAsync($"/experiments/{id}", $$"""{"overrides":[{"userKey":"qa","variantId":"{{variantId}}"}]}""")).Expect(HttpStatusCode.OK);

        Answer impact = await Api.ImpactAsync(environment.Id, """{"user_key":"a"}""", """{"user_key":"b"}""");

        Assert.DoesNotContain("\"changed\":2", impact.Text, StringComparison.Ordinal);
        Assert.Contains("\"changed\":0", impact.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_ExperimentThatAFlagServes_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string id = (await Api.CreateExperimentAsync(environment.Id, "served")).Id;
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$""","rules":[{"serve":{"experimentId":"{{id}}"} }]""", "serving");

        Assert.Contains("served by a rule of flag \"serving\"", (await Api.DeleteAsync($"/experiments/{id}")).ExpectProblem(HttpStatusCode.Conflict), StringComparison.Ordinal);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"rules":[]}""")).Expect(HttpStatusCode.OK);
        (await Api.DeleteAsync($"/experiments/{id}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Experiment_RampScheduleUnitOverridePrerequisite_DecideByThem()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer gate = await Api.CreateFlagAsync(environment.Id, ""","rules":[{"targetingRules":[{"conditions":[{"attribute":"beta","operator":"eq","value":true}]}],"serve":{"variant":"on"}}]""", "gate");
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "exp");
        string a = (await Api.CreateVariantAsync(experiment.Id, "a")).Id;
        (await Api.PutAsync($"/experiments/{experiment.Id}/split", $$"""
            {"weights":[{"variantId":"{{a}}","weight":1}],"coverage":0,"unit":"account",
             "ramp":[{"at":"2030-01-01T00:00:00Z","coverage":0.25},{"at":"2030-01-02T00:00:00Z","coverage":1}]}
            """)).Expect(HttpStatusCode.OK);
        (await Api.PatchAsync($"/experiments/{experiment.Id}", $$"""
            {"schedule":{"until":"2030-01-03T00:00:00Z"},"overrides":[{"userKey":"qa","variantId":"{{a}}"}],
             "prerequisites":[{"flag":"gate","variants":["on"]}],"tags":["x"],"unit":"account"}
            """)).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(experiment.Id, "RUNNING");
        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);
        int At(string time)
        {
            decider.Now = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
            return Enumerable.Range(0, 400).Count(user => decider.Decide("exp", "u", ("account", user), ("beta", true)).VariantKey == "a");
        }

        Assert.Equal(0, At("2029-12-31T00:00:00Z"));
        Assert.InRange(At("2030-01-01T00:00:00Z"), 70, 130);
        Assert.Equal(400, At("2030-01-02T12:00:00Z"));
        Assert.Equal("a", decider.Decide("exp", "qa").VariantKey);
        Assert.Equal("PREREQUISITE_FAILED", decider.Decide("exp", "u", ("account", 1)).ReasonText);
        Assert.Null(decider.Decide("exp", "u", ("beta", true)).VariantKey);
        Assert.Equal(0, At("2030-01-03T00:00:00Z"));
        (await Api.DeleteAsync($"/flags/{gate.Id}")).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Put_WeightsWhileARampIsUnderWay_MovesTheDifferenceAndKeepsItThroughAnExport()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string Body(int control, int treatment) => $$"""
            {"weights":[{"variantId":"{{scenario.ControlId}}","weight":{{control}}},{"variantId":"{{scenario.TreatmentId}}","weight":{{treatment}}}],
             "coverage":0.01,"ramp":[{"at":"2026-01-01T00:00:00Z","coverage":0.1},{"at":"2100-01-01T00:00:00Z","coverage":1}]}
            """;
        string path = $"/experiments/{scenario.ExperimentId}/split";
        (await Api.PutAsync(path, Body(1, 1))).Expect(HttpStatusCode.OK);

        Answer preview = (await Api.PostAsync(path + "/preview", Body(1, 3))).Expect(HttpStatusCode.OK);
        Answer changed = (await Api.PutAsync(path, Body(1, 3))).Expect(HttpStatusCode.OK);

        Assert.Equal(0.025m, preview["movedShare"].GetDecimal());
        Assert.Equal("0.025", changed.Header("x-reassigned-share"));
        Answer export = await Api.GetAsync($"/environments/{scenario.EnvironmentId}/export");
        Assert.Contains("\"entered\"", export.Text, StringComparison.Ordinal);
        string elsewhere = (await Api.CreateEnvironmentAsync()).Id;
        (await Api.PostAsync($"/environments/{elsewhere}/apply", export.Text)).Expect(HttpStatusCode.OK);
        Assert.Equal(
            export["experiments"][0].GetProperty("split").GetRawText(),
            (await Api.GetAsync($"/environments/{elsewhere}/export"))["experiments"][0].GetProperty("split").GetRawText());
    }

    private async Task<(string Id, string VariantId)> RunningAsync(string environmentId, string key, decimal coverage, string? layer)
    {
        string id = (await Api.CreateExperimentAsync(environmentId, key)).Id;
        string variant = (await Api.CreateVariantAsync(id, "v")).Id;
        (await Api.PutAsync($"/experiments/{id}/split", Body(coverage, layer, (variant, 1)))).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(id, "RUNNING");
        return (id, variant);
    }

    private async Task<Answer> SplitAsync(ExperimentScenario scenario, decimal coverage, params (string VariantId, int Weight)[] weights) =>
        (await Api.PutAsync($"/experiments/{scenario.ExperimentId}/split", Body(coverage, weights))).Expect(HttpStatusCode.OK);

    private static object Body(decimal coverage, params (string VariantId, int Weight)[] weights) => Body(coverage, null, weights);

    private static object Body(decimal coverage, string? layer, params (string VariantId, int Weight)[] weights) => new
    {
        weights = weights.Select(static weight => new { variantId = weight.VariantId, weight = weight.Weight }),
        coverage,
        layer,
    };

    private static (string? VariantId, int Start, int End) Range(JsonElement allocation) => (
        allocation.GetProperty("variantId").GetString(), allocation.GetProperty("rangeStart").GetInt32(), allocation.GetProperty("rangeEnd").GetInt32());
}
