using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExperimentChangeTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("""{"name":"changed"}""", "name", "\"changed\"")]
    [InlineData("""{"description":"changed"}""", "description", "\"changed\"")]
    [InlineData("""{"description":""}""", "description", "\"\"")]
    [InlineData("""{"targetingRules":[{"conditions":[]}]}""", "targetingRules", """[{"conditions":[]}]""")]
    public async Task Patch_OneMember_ChangesOnlyThat(string body, string member, string value)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        Answer changed = (await Api.PatchAsync(scenario.Path, body)).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(Shapes.Experiment, changed.Json);
        Assert.Equal(value, changed[member].GetRawText());
        foreach (string other in Shapes.Experiment.Where(other => other != member && other != "updatedAt"))
        {
            Shapes.AssertEqual(before[other], changed[other]);
        }

        Shapes.AssertEqual(changed.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Fact]
    public async Task Patch_Audience_SetsItWhole()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        Answer audience = await Api.CreateAudienceAsync(scenario.EnvironmentId);

        Answer changed = (await Api.PatchAsync(scenario.Path, new { audienceId = audience.Id })).Expect(HttpStatusCode.OK);

        Assert.Equal(audience.Id, changed["audienceId"].GetString());
        Shapes.AssertEqual(audience.Json, changed["audience"]);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("audienceId")]
    public async Task Patch_NullWhereAllowed_Clears(string member)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(withAudience: true);
        await Api.PatchAsync(scenario.Path, new { description = "d" });

        Answer changed = (await Api.PatchAsync(scenario.Path, $$"""{"{{member}}":null}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, changed[member].ValueKind);
        Assert.Equal(member == "audienceId" ? JsonValueKind.Null : JsonValueKind.Object, changed["audience"].ValueKind);
        Assert.Equal(member == "description" ? JsonValueKind.Null : JsonValueKind.String, changed["description"].ValueKind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"RUNNING","key":"other","salt":"other","environmentId":"other","variants":[]}""")]
    public async Task Patch_NothingThatCanChange_ChangesNothing(string body)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        Answer changed = (await Api.PatchAsync(scenario.Path, body)).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(before.Json, changed.Json);
    }

    [Theory]
    [InlineData("""{"name":null}""", "name ")]
    [InlineData("""{"name":7}""", "name ")]
    [InlineData("""{"name":""}""", "name ")]
    [InlineData("""{"description":7}""", "description ")]
    [InlineData("""{"audienceId":7}""", "audienceId ")]
    [InlineData("""{"targetingRules":null}""", "targetingRules ")]
    [InlineData("""{"targetingRules":7}""", "targetingRules ")]
    public async Task Patch_MemberRefused_Answers400WithItsPath(string body, string path)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        string error = (await Api.PatchAsync(scenario.Path, body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
        Shapes.AssertEqual(before.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("abc")]
    public async Task Patch_UnknownAudience_Answers404(string audienceId)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync(scenario.Path, new { audienceId })).ExpectProblem(HttpStatusCode.NotFound);

        Assert.Contains("audience", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_AudienceOfAnotherEnvironment_Answers422()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string audienceId = (await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id)).Id;

        (await Api.PatchAsync(scenario.Path, new { audienceId })).ExpectProblem(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("RUNNING")]
    [InlineData("PAUSED")]
    [InlineData("ARCHIVED")]
    public async Task Delete_AnyStatus_AnswersWhatWasDeleted(string status)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(status, withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        Answer deleted = (await Api.DeleteAsync(scenario.Path)).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(before.Json, deleted.Json);
        (await Api.GetAsync(scenario.Path)).ExpectProblem(HttpStatusCode.NotFound);
        (await Api.DeleteAsync(scenario.Path)).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_ThenPost_GivesTheKeyToANewExperimentWithAnotherSalt()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        Answer deleted = await Api.DeleteAsync(scenario.Path);

        Answer created = await Api.CreateExperimentAsync(scenario.EnvironmentId, scenario.Key);

        Assert.NotEqual(deleted["salt"].GetString(), created["salt"].GetString());
    }
}
