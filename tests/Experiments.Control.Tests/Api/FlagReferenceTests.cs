using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>What flags name: experiments that they serve, prerequisites that come through those, and what went while a flag was archived.</summary>
public sealed class FlagReferenceTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Prerequisites_CycleThroughAnExperimentThatIsServed_IsRefusedFromEitherSide()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await ExperimentAsync(environment.Id, "exp");
        await Api.CreateFlagAsync(environment.Id, Serves(experiment), "a");
        Answer b = await Api.CreateFlagAsync(environment.Id, Needs("a"), "b");

        string error = (await Api.PatchAsync($"/experiments/{experiment.Id}", """{"prerequisites":[{"flag":"b","variants":["on"]}]}"""))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("prerequisites[0] would make a cycle: a -> b -> a", error, StringComparison.Ordinal);

        error = (await Api.PatchAsync($"/experiments/{experiment.Id}", """{"prerequisites":[{"flag":"a","variants":["on"]}]}"""))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("a -> a", error, StringComparison.Ordinal);

        Answer other = await ExperimentAsync(environment.Id, "other");
        (await Api.PatchAsync($"/experiments/{other.Id}", """{"prerequisites":[{"flag":"a","variants":["on"]}]}""")).Expect(HttpStatusCode.OK);
        Answer c = await Api.CreateFlagAsync(environment.Id, "", "c");
        (await Api.PutAsync($"/flags/{c.Id}/rules", "{" + Serves(other)[1..] + "}")).Expect(HttpStatusCode.OK);
        (await Api.PutAsync($"/flags/{b.Id}/rules", """{"rules":[{"prerequisites":[{"flag":"c","variants":["on"]}],"serve":{"variant":"on"}}]}"""))
            .Expect(HttpStatusCode.OK);
        error = (await Api.PatchAsync($"/experiments/{experiment.Id}", """{"prerequisites":[{"flag":"b","variants":["on"]}]}"""))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("a -> b -> c -> a", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_ThatServesAnExperimentWhichNeedsTheFlag_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer a = await Api.CreateFlagAsync(environment.Id, "", "a");
        Answer experiment = await ExperimentAsync(environment.Id, "exp");
        (await Api.PatchAsync($"/experiments/{experiment.Id}", """{"prerequisites":[{"flag":"a","variants":["on"]}]}""")).Expect(HttpStatusCode.OK);

        string error = (await Api.PatchAsync($"/flags/{a.Id}", "{" + Serves(experiment)[1..] + "}")).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("rules[0].serve.experimentId would make a cycle: a -> a", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_CycleThroughAnExperimentThatIsServed_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string error = (await Api.PostAsync($"/environments/{environment.Id}/apply", """
            {"format": "experiments/1",
             "experiments": [{"key": "exp", "name": "E", "status": "DRAFT", "prerequisites": [{"flag": "b", "variants": ["on"]}]}],
             "flags": [
              {"key": "a", "name": "A", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}], "rules": [{"serve": {"experiment": "exp"}}]},
              {"key": "b", "name": "B", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}],
               "rules": [{"serve": {}, "prerequisites": [{"flag": "a", "variants": ["on"]}]}]}]}
            """)).ExpectProblem(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("would make a cycle: a -> b -> a", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unarchive_FlagWhosePrerequisiteHasGone_IsRefusedUntilItIsMended()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer prerequisite = await Api.CreateFlagAsync(environment.Id, "", "base");
        Answer flag = await Api.CreateFlagAsync(environment.Id, Needs("base"), "needs");
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":true}""")).Expect(HttpStatusCode.OK);
        (await Api.PatchAsync($"/flags/{prerequisite.Id}", """{"archived":true}""")).Expect(HttpStatusCode.OK);

        string error = (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":false}""")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("rules[0].prerequisites[0].flag names \"base\"", error, StringComparison.Ordinal);
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":false,"rules":[]}""")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Unarchive_FlagWhoseExperimentAnotherServesByNow_IsRefused()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        Answer experiment = await ExperimentAsync(environment.Id, "exp");
        Answer first = await Api.CreateFlagAsync(environment.Id, Serves(experiment), "first");
        (await Api.PatchAsync($"/flags/{first.Id}", """{"archived":true}""")).Expect(HttpStatusCode.OK);
        await Api.CreateFlagAsync(environment.Id, Serves(experiment), "second");

        string error = (await Api.PatchAsync($"/flags/{first.Id}", """{"archived":false}""")).ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains("is served by flag \"second\" already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_FlagWithASplitOfALayer_LeavesItToOthersAndComesBackToIt()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        string layer = (await Api.PostAsync("/layers", new { name = "l", environmentId = environment.Id })).Expect(HttpStatusCode.Created).Id;
        Answer flag = await Api.CreateFlagAsync(
            environment.Id, $$""","rules":[{"serve":{"split":{"weights":[{"variant":"on","weight":1}],"coverage":0.3,"layer":"{{layer}}"} } }]""");
        string held = (await Api.GetAsync($"/layers/{layer}"))["claims"].GetRawText();
        (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":true}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("[]", (await Api.GetAsync($"/layers/{layer}"))["claims"].GetRawText());

        Answer back = (await Api.PatchAsync($"/flags/{flag.Id}", """{"archived":false}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(flag["rules"].GetRawText(), back["rules"].GetRawText());
        Assert.Equal(held, (await Api.GetAsync($"/layers/{layer}"))["claims"].GetRawText());
    }

    private async Task<Answer> ExperimentAsync(string environmentId, string key)
    {
        Answer experiment = await Api.CreateExperimentAsync(environmentId, key);
        await Api.CreateVariantAsync(experiment.Id, "on");
        return experiment;
    }

    private static string Serves(Answer experiment) => $$""","rules":[{"serve":{"experimentId":"{{experiment.Id}}"} }]""";

    private static string Needs(string key) => $$""","rules":[{"prerequisites":[{"flag":"{{key}}","variants":["on"]}],"serve":{"variant":"on"} }]""";
}
