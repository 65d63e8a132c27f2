using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExperimentStatusTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("DRAFT", "RUNNING")]
    [InlineData("DRAFT", "ARCHIVED")]
    [InlineData("RUNNING", "PAUSED")]
    [InlineData("RUNNING", "ARCHIVED")]
    [InlineData("PAUSED", "RUNNING")]
    [InlineData("PAUSED", "ARCHIVED")]
    public async Task PatchStatus_AllowedTransition_AnswersTheWholeResource(string from, string to)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(from, withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        Answer moved = (await Api.PatchAsync($"{scenario.Path}/status", new { status = to })).Expect(HttpStatusCode.OK);

        Assert.Equal(to, moved["status"].GetString());
        foreach (string member in Shapes.Experiment.Where(member => member is not "status" and not "updatedAt"))
        {
            Shapes.AssertEqual(before[member], moved[member]);
        }

        Shapes.AssertEqual(moved.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Theory]
    [InlineData("DRAFT", "DRAFT")]
    [InlineData("DRAFT", "PAUSED")]
    [InlineData("RUNNING", "DRAFT")]
    [InlineData("RUNNING", "RUNNING")]
    [InlineData("PAUSED", "DRAFT")]
    [InlineData("PAUSED", "PAUSED")]
    [InlineData("ARCHIVED", "DRAFT")]
    [InlineData("ARCHIVED", "RUNNING")]
    [InlineData("ARCHIVED", "PAUSED")]
    [InlineData("ARCHIVED", "ARCHIVED")]
    public async Task PatchStatus_OtherTransition_Answers422AndLeavesIt(string from, string to)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync(from);

        string error = (await Api.PatchAsync($"{scenario.Path}/status", new { status = to }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Equal($"Cannot transition from {from} to {to}", error);
        Assert.Equal(from, (await Api.GetAsync(scenario.Path))["status"].GetString());
    }

    [Fact]
    public async Task PatchStatus_DraftWithoutAllocations_Answers422()
    {
        Answer experiment = await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id);
        await Api.CreateVariantAsync(experiment.Id, "a");

        string error = (await Api.PatchAsync($"/experiments/{experiment.Id}/status", new { status = "RUNNING" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("allocations", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PatchStatus_PausedThatWasEmptied_Answers422()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("PAUSED");
        await Api.AllocateAsync(scenario.ExperimentId);

        (await Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" })).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("PAUSED", (await Api.GetAsync(scenario.Path))["status"].GetString());
    }

    [Fact]
    public async Task PatchStatus_ArchiveWithoutAllocations_IsAllowed()
    {
        Answer experiment = await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id);

        await Api.MoveAsync(experiment.Id, "ARCHIVED");
    }

    [Theory]
    [InlineData("""{"status":"running"}""")]
    [InlineData("""{"status":"STOPPED"}""")]
    [InlineData("""{"status":""}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"status":1}""")]
    [InlineData("{}")]
    public async Task PatchStatus_UnknownStatus_Answers400NamingTheField(string body)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync($"{scenario.Path}/status", body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("status ", error, StringComparison.Ordinal);
    }
}
