using System.Net;
using System.Text;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class PublishRouteTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_Running_AnswersTheSnapshotExactlyAsInTheStore()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);

        Answer published = (await Api.PostAsync($"{scenario.Path}/publish")).Expect(HttpStatusCode.OK);

        Assert.Equal("application/json", published.ContentType);
        string folder = Path.Combine(server.SnapshotDirectory, "configs", scenario.EnvironmentName);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, "snapshots", "2.json")), published.Body);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, "snapshots", "latest.json")), published.Body);
        Assert.Equal(2, published["version"].GetInt32());
        Assert.Equal(scenario.EnvironmentName, published["environment"].GetString());
    }

    [Fact]
    public async Task Post_NothingChanged_PublishesANewVersion()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer first = await Api.PostAsync($"{scenario.Path}/publish");
        Answer second = await Api.PostAsync($"{scenario.Path}/publish");

        Assert.Equal(1, first.Expect(HttpStatusCode.OK)["version"].GetInt32());
        Assert.Equal(2, second.Expect(HttpStatusCode.OK)["version"].GetInt32());
    }

    [Fact]
    public async Task Post_Draft_PublishesTheEnvironmentWithoutIt()
    {
        ExperimentScenario running = await Api.CreateScenarioAsync("RUNNING");
        Answer draft = await Api.CreateExperimentAsync(running.EnvironmentId);

        Answer published = await Api.PostAsync($"/experiments/{draft.Id}/publish");

        Assert.Equal([running.ExperimentId], Shapes.Column(published["experiments"], "id"));
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("not JSON")]
    public async Task Post_WithABody_IgnoresIt(string body)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");

        (await Api.SendAsync(HttpMethod.Post, $"{scenario.Path}/publish", content)).Expect(HttpStatusCode.OK);
    }
}
