using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class AudienceChangeTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Patch_Name_LeavesRules()
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id, Rules.Country("DE"));

        Answer changed = (await Api.PatchAsync($"/audiences/{audience.Id}", new { name = "new" })).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(Shapes.Audience, changed.Json);
        Assert.Equal("new", changed["name"].GetString());
        Shapes.AssertEqual(audience["rules"], changed["rules"]);
        Assert.Equal(audience["createdAt"].GetString(), changed["createdAt"].GetString());
    }

    [Fact]
    public async Task Patch_Rules_LeavesName()
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id, Rules.Country("DE"));

        await Api.PatchAsync($"/audiences/{audience.Id}", new { rules = Rules.Country("FR") });

        Answer found = await Api.GetAsync($"/audiences/{audience.Id}");
        Assert.Equal("""[{"conditions":[{"attribute":"country","operator":"eq","value":"FR"}]}]""", found["rules"].GetRawText());
        Assert.Equal(audience["name"].GetString(), found["name"].GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"environmentId":"other","id":"x"}""")]
    public async Task Patch_NothingKnown_ChangesNothing(string body)
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        Answer changed = (await Api.PatchAsync($"/audiences/{audience.Id}", body)).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(audience.Json, changed.Json);
    }

    [Theory]
    [InlineData("""{"name":null}""", "name ")]
    [InlineData("""{"name":1}""", "name ")]
    [InlineData("""{"name":""}""", "name ")]
    [InlineData("""{"rules":null}""", "rules ")]
    [InlineData("""{"rules":"x"}""", "rules ")]
    [InlineData("""{"rules":[{"conditions":[{"attribute":"a","operator":"in","value":1}]}]}""", "rules[0].conditions[0].value ")]
    public async Task Patch_MemberRefused_Answers400WithItsPath(string body, string path)
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        string error = (await Api.PatchAsync($"/audiences/{audience.Id}", body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
        Shapes.AssertEqual(audience.Json, (await Api.GetAsync($"/audiences/{audience.Id}")).Json);
    }

    [Fact]
    public async Task Patch_NameOfAnother_Answers409()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateAudienceAsync(environmentId, name: "taken");
        Answer audience = await Api.CreateAudienceAsync(environmentId);

        (await Api.PatchAsync($"/audiences/{audience.Id}", new { name = "taken" })).ExpectProblem(HttpStatusCode.Conflict);

        Shapes.AssertEqual(audience.Json, (await Api.GetAsync($"/audiences/{audience.Id}")).Json);
    }

    [Fact]
    public async Task Patch_OwnName_IsAllowed()
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id, name: "own");

        (await Api.PatchAsync($"/audiences/{audience.Id}", new { name = "own" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Patch_NameGivenUp_IsFreeForAnother()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        Answer audience = await Api.CreateAudienceAsync(environmentId, name: "old");
        await Api.PatchAsync($"/audiences/{audience.Id}", new { name = "new" });

        await Api.CreateAudienceAsync(environmentId, name: "old");
    }

    [Fact]
    public async Task Patch_UsedByAnExperiment_IsSeenThere()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(withAudience: true);

        Answer changed = await Api.PatchAsync($"/audiences/{scenario.AudienceId}", new { name = "seen" });

        Shapes.AssertEqual(changed.Json, (await Api.GetAsync(scenario.Path))["audience"]);
    }
}
