using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ArchivedExperimentTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Theory]
    [InlineData("PATCH", "", """{"name":"n"}""")]
    [InlineData("PATCH", "", """{"description":null}""")]
    [InlineData("PATCH", "", """{"audienceId":null}""")]
    [InlineData("PATCH", "", """{"targetingRules":[]}""")]
    [InlineData("POST", "/variants", """{"key":"k","name":"n"}""")]
    [InlineData("PATCH", "/variants", """{"create":[{"key":"k","name":"n"}]}""")]
    [InlineData("PATCH", "/variants/{variant}", """{"name":"n"}""")]
    [InlineData("DELETE", "/variants/{variant}", null)]
    [InlineData("PUT", "/allocations", """{"allocations":[]}""")]
    public async Task AnyChange_Archived_Answers422AndLeavesIt(string method, string path, string? body)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("ARCHIVED", withAudience: true);
        Answer before = await Api.GetAsync(scenario.Path);

        string error = (await Api.SendAsync(
            new HttpMethod(method), scenario.Path + path.Replace("{variant}", scenario.TreatmentId, StringComparison.Ordinal), body))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("ARCHIVED", error, StringComparison.Ordinal);
        Shapes.AssertEqual(before.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Fact]
    public async Task Publish_Archived_IsAllowed()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("ARCHIVED");

        Answer published = (await Api.PostAsync($"{scenario.Path}/publish")).Expect(HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Array, published["experiments"].ValueKind);
    }
}
