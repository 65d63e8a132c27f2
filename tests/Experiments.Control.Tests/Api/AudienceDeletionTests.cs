using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class AudienceDeletionTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Delete_Unused_AnswersWhatWasDeleted()
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);

        Answer deleted = (await Api.DeleteAsync($"/audiences/{audience.Id}")).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(audience.Json, deleted.Json);
        (await Api.GetAsync($"/audiences/{audience.Id}")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_Twice_Answers404()
    {
        Answer audience = await Api.CreateAudienceAsync((await Api.CreateEnvironmentAsync()).Id);
        await Api.DeleteAsync($"/audiences/{audience.Id}");

        (await Api.DeleteAsync($"/audiences/{audience.Id}")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("RUNNING")]
    [InlineData("PAUSED")]
    public async Task Delete_UsedByALiveExperiment_Answers409NamingIt(string status)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(status, withAudience: true);

        string error = (await Api.DeleteAsync($"/audiences/{scenario.AudienceId}")).ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains($"\"{scenario.Key}\"", error, StringComparison.Ordinal);
        Assert.Equal(scenario.AudienceId, (await Api.GetAsync(scenario.Path))["audienceId"].GetString());
        (await Api.GetAsync($"/audiences/{scenario.AudienceId}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delete_UsedByTwoLiveOnesAndADraft_NamesTheLiveOnes()
    {
        ExperimentScenario running = await Api.CreateScenarioAsync("RUNNING", withAudience: true);
        Answer draft = await Api.CreateExperimentAsync(running.EnvironmentId, "draft-one", running.AudienceId);
        Answer second = await Api.CreateExperimentAsync(running.EnvironmentId, "second-one", running.AudienceId);
        await Api.AllocateAsync(second.Id, ((await Api.CreateVariantAsync(second.Id, "a")).Id, 0, 9));
        await Api.MoveAsync(second.Id, "RUNNING");

        string error = (await Api.DeleteAsync($"/audiences/{running.AudienceId}")).ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains(running.Key, error, StringComparison.Ordinal);
        Assert.Contains("second-one", error, StringComparison.Ordinal);
        Assert.DoesNotContain("draft-one", error, StringComparison.Ordinal);
        Assert.Equal(running.AudienceId, (await Api.GetAsync($"/experiments/{draft.Id}"))["audienceId"].GetString());
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("ARCHIVED")]
    public async Task Delete_UsedByOneThatIsNotLive_ClearsTheReference(string status)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(status, withAudience: true);

        (await Api.DeleteAsync($"/audiences/{scenario.AudienceId}")).Expect(HttpStatusCode.OK);

        Answer experiment = await Api.GetAsync(scenario.Path);
        Assert.Equal(JsonValueKind.Null, experiment["audienceId"].ValueKind);
        Assert.Equal(JsonValueKind.Null, experiment["audience"].ValueKind);
        Assert.Equal(status, experiment["status"].GetString());
    }

    [Fact]
    public async Task Delete_AfterTheExperimentLetItGo_Succeeds()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);
        await Api.PatchAsync(scenario.Path, """{"audienceId":null}""");

        (await Api.DeleteAsync($"/audiences/{scenario.AudienceId}")).Expect(HttpStatusCode.OK);
    }
}
