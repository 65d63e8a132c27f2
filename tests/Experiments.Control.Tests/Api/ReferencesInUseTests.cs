using System.Net;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>What something names is not taken away from under it: one such request would stop the whole environment from being published.</summary>
public sealed class ReferencesInUseTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task DeleteVariant_ThatAnOverrideOrAWeightNames_IsRefused()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        await Api.AllocateAsync(scenario.ExperimentId, (scenario.ControlId, 0, 9999));
        string path = $"/experiments/{scenario.ExperimentId}";
        (await Api.PatchAsync(path, $$"""{"overrides":[{"userKey":"u1","variantId":"{{scenario.TreatmentId.ToUpperInvariant()}}"}]}""")).Expect(HttpStatusCode.OK);

        string error = (await Api.DeleteAsync($"{path}/variants/{scenario.TreatmentId}")).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("override gives user \"u1\"", error, StringComparison.Ordinal);

        (await Api.PatchAsync(path, """{"overrides":[]}""")).Expect(HttpStatusCode.OK);
        (await Api.PutAsync(path + "/split", $$"""
            {"weights":[{"variantId":"{{scenario.ControlId.ToUpperInvariant()}}","weight":20000},{"variantId":"{{scenario.TreatmentId}}","weight":1}],"coverage":1}
            """)).Expect(HttpStatusCode.OK);
        error = (await Api.DeleteAsync($"{path}/variants/{scenario.TreatmentId}")).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("has a weight", error, StringComparison.Ordinal);
        await ExpectHealthyAsync(scenario.EnvironmentId);
    }

    [Fact]
    public async Task FlagVariant_ThatAWeightNames_IsNotLeftOut()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer flag = await Api.CreateFlagAsync(environment.Id, ""","rules":[{"serve":{"split":{"weights":[{"variant":"on","weight":1}],"coverage":0}}}]""");

        string error = (await Api.PatchAsync($"/flags/{flag.Id}", """{"variants":[{"key":"off","value":false}]}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("rules[0] serves a variant", error, StringComparison.Ordinal);
        await ExpectHealthyAsync(environment.Id);
    }

    [Fact]
    public async Task DeleteLayer_WithSplitsThatHoldNothingYet_IsRefusedAndItIsPublishedAllTheSame()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string layer = (await Api.PostAsync("/layers", new { name = "l", environmentId = scenario.EnvironmentId })).Expect(HttpStatusCode.Created).Id;
        (await Api.PutAsync($"/experiments/{scenario.ExperimentId}/split", $$"""
            {"weights":[{"variantId":"{{scenario.ControlId}}","weight":1}],"coverage":0,"layerId":"{{layer}}"}
            """)).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(scenario.ExperimentId, "RUNNING");
        Answer flag = await Api.CreateFlagAsync(
            scenario.EnvironmentId, $$""","rules":[{"serve":{"split":{"weights":[{"variant":"on","weight":1}],"coverage":0,"layerId":"{{layer}}"} } }]""");
        await ExpectHealthyAsync(scenario.EnvironmentId);

        string error = (await Api.DeleteAsync($"/layers/{layer}")).ExpectProblem(HttpStatusCode.Conflict);
        Assert.Contains($"\"{scenario.Key}\"", error, StringComparison.Ordinal);
        Assert.Contains($"\"{flag["key"]}\"", error, StringComparison.Ordinal);

        (await Api.DeleteAsync($"/flags/{flag.Id}")).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(scenario.ExperimentId, "ARCHIVED");
        (await Api.DeleteAsync($"/layers/{layer}")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(layer, (await Api.GetAsync($"/experiments/{scenario.ExperimentId}")).Text, StringComparison.Ordinal);
        await ExpectHealthyAsync(scenario.EnvironmentId);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("user-again")]
    public async Task Overrides_BesideAnExperimentOfAnyKey_GiveExactlyTheirUsers(string key)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, key);
        string a = (await Api.CreateVariantAsync(experiment.Id, "a")).Id;
        string b = (await Api.CreateVariantAsync(experiment.Id, "b")).Id;
        await Api.AllocateAsync(experiment.Id, (a, 0, 9999));
        await Api.MoveAsync(experiment.Id, "RUNNING");
        (await Api.PatchAsync($"/experiments/{experiment.Id}", $$"""{"overrides":[{"userKey":"qa","variantId":"{{b}}"}]}""")).Expect(HttpStatusCode.OK);
        await Api.CreateFlagAsync(environment.Id, ""","overrides":[{"userKey":"qa","variant":"on"}]""", "other");

        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);

        Assert.Equal("b", decider.Decide(key, "qa").VariantKey);
        Assert.All(decider.Variants(key, 200), static variant => Assert.Equal("a", variant));
        Assert.Equal(("on", "off"), (decider.Decide("other", "qa").VariantKey, decider.Decide("other", "u").VariantKey));
    }

    [Fact]
    public async Task ServedExperiment_AndItsFlag_KeepTheSameVariantsFromEitherSide()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "exp");
        await Api.CreateVariantAsync(experiment.Id, "on");
        Answer flag = await Api.CreateFlagAsync(environment.Id, $$""","rules":[{"serve":{"experimentId":"{{experiment.Id}}"} }]""", "serving");

        string error = (await Api.PostAsync($"/experiments/{experiment.Id}/variants", """{"key":"new","name":"New"}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("which flag \"serving\" serves, has variant \"new\"", error, StringComparison.Ordinal);
        error = (await Api.PatchAsync($"/flags/{flag.Id}", """{"variants":[{"key":"off","value":false}]}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("has variant \"on\"", error, StringComparison.Ordinal);

        (await Api.PatchAsync($"/flags/{flag.Id}", """{"variants":[{"key":"on","value":true},{"key":"off","value":false},{"key":"new","value":true}]}""")).Expect(HttpStatusCode.OK);
        (await Api.PostAsync($"/experiments/{experiment.Id}/variants", """{"key":"new","name":"New"}""")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Apply_ServedExperimentWithAVariantThatTheFlagLacks_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string error = (await Api.PostAsync($"/environments/{environment.Id}/apply", """
            {"format": "experiments/1",
             "experiments": [{"key": "exp", "name": "E", "status": "DRAFT", "variants": [{"key": "new", "name": "N"}]}],
             "flags": [{"key": "a", "name": "A", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}],
              "rules": [{"serve": {"experiment": "exp"}}]}]}
            """)).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("flags[0]", error, StringComparison.Ordinal);
        Assert.Contains("experiment \"exp\", which flag \"a\" serves, has variant \"new\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServedExperiment_Overrides_HoldForThoseWhomTheRuleIsFor()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "exp");
        string on = (await Api.CreateVariantAsync(experiment.Id, "on")).Id;
        string off = (await Api.CreateVariantAsync(experiment.Id, "off")).Id;
        await Api.AllocateAsync(experiment.Id, (off, 0, 9999));
        (await Api.PatchAsync($"/experiments/{experiment.Id}", $$"""{"overrides":[{"userKey":"qa","variantId":"{{on}}"}]}""")).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(experiment.Id, "RUNNING");
        await Api.CreateFlagAsync(environment.Id, $$"""
            ,"rules":[{"targetingRules":[{"conditions":[{"attribute":"plan","operator":"eq","value":"pro"}]}],"serve":{"experimentId":"{{experiment.Id}}"} }]
            """, "serving");

        PublishedDecider decider = await Api.DeciderAsync(environment["name"].GetString()!);

        Decision decision = decider.Decide("serving", "qa", ("plan", "pro"));
        Assert.Equal(("on", "OVERRIDE", "True"), (decision.VariantKey, decision.ReasonText, decision.Payload.ToString()));
        Assert.Equal("off", decider.Decide("serving", "u", ("plan", "pro")).VariantKey);
        Assert.Equal("DEFAULT", decider.Decide("serving", "qa", ("plan", "free")).ReasonText);
    }

    [Fact]
    public async Task Start_ExperimentWhosePrerequisiteHasGone_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Api.CreateFlagAsync(environment.Id, "", "first");
        Answer flag = await Api.CreateFlagAsync(environment.Id, "", "later");
        Answer experiment = await Api.CreateExperimentAsync(environment.Id, "exp");
        string a = (await Api.CreateVariantAsync(experiment.Id, "a")).Id;
        await Api.AllocateAsync(experiment.Id, (a, 0, 9999));
        (await Api.PatchAsync($"/experiments/{experiment.Id}", """{"prerequisites":[{"flag":"later","variants":["on"]}]}""")).Expect(HttpStatusCode.OK);
        (await Api.PostAsync($"/environments/{environment.Id}/rollback", """{"version":1}""")).Expect(HttpStatusCode.OK);

        string error = (await Api.PatchAsync($"/experiments/{experiment.Id}/status", """{"status":"RUNNING"}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("prerequisites[0].flag names \"later\"", error, StringComparison.Ordinal);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":false}""")).Expect(HttpStatusCode.OK);
        await Api.MoveAsync(experiment.Id, "RUNNING");
    }

    [Fact]
    public async Task Publish_ManyAtOnceByHand_EachIsAVersionWithItsNote()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => (await Api.SendAsync(
            HttpMethod.Post, $"/environments/{environment.Id}/publish", new { note = $"note {i}" }, $"x-actor: actor {i}")).Expect(HttpStatusCode.OK)));

        JsonElement[] versions = ApiClient.Items(await Api.GetAsync($"/environments/{environment.Id}/versions"));

        Assert.Equal(
            Enumerable.Range(0, 8).Select(static i => $"actor {i}: note {i}"),
            versions.Select(static version => $"{version.GetProperty("actor")}: {version.GetProperty("note")}").Order(StringComparer.Ordinal));
    }

    /// <summary>All that fails once something is named that is not there.</summary>
    private async Task ExpectHealthyAsync(string environmentId)
    {
        (await Api.PostAsync($"/environments/{environmentId}/publish", "{}")).Expect(HttpStatusCode.OK);
        (await Api.GetAsync($"/environments/{environmentId}/export")).Expect(HttpStatusCode.OK);
    }
}
