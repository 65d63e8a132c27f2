using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExperimentReadingTests(ControlServer server) : IClassFixture<ControlServer>
{
    private static readonly string[] Routes =
    [
        "GET /experiments/{0}", "PATCH /experiments/{0}", "DELETE /experiments/{0}", "PATCH /experiments/{0}/status",
        "POST /experiments/{0}/variants", "PATCH /experiments/{0}/variants", "PATCH /experiments/{0}/variants/{1}",
        "DELETE /experiments/{0}/variants/{1}", "PUT /experiments/{0}/allocations", "POST /experiments/{0}/publish",
    ];

    private ApiClient Api => server.Api;

    public static TheoryData<string> AllRoutes => [.. Routes];

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task AnyRoute_UnknownOrMalformedExperimentId_Answers404(string route)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string[] parts = route.Split(' ');
        object? body = parts[0] is "GET" or "DELETE"
            ? null
            : new { name = "n", key = "k", status = "RUNNING", allocations = Array.Empty<object>() };
        foreach (string id in new[] { Guid.NewGuid().ToString(), "abc", scenario.EnvironmentId })
        {
            string path = parts[1]
                .Replace("{0}", id, StringComparison.Ordinal)
                .Replace("{1}", scenario.ControlId, StringComparison.Ordinal);
            (await Api.SendAsync(new HttpMethod(parts[0]), path, body)).ExpectProblem(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Get_WithVariantsAndAllocations_AnswersTheWholeResource()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);

        Answer found = (await Api.GetAsync(scenario.Path)).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(Shapes.Experiment, found.Json);
        Shapes.AssertMembers(Shapes.Audience, found["audience"]);
        Assert.All(found["variants"].EnumerateArray(), variant => Shapes.AssertMembers(Shapes.Variant, variant));
        Assert.All(found["allocations"].EnumerateArray(), allocation => Shapes.AssertMembers(Shapes.Allocation, allocation));
        Assert.Equal(["control", "treatment"], Shapes.Column(found["variants"], "key"));
        Assert.Equal([scenario.ControlId, scenario.TreatmentId], Shapes.Column(found["allocations"], "variantId"));
        Assert.Equal("RUNNING", found["status"].GetString());
    }

    [Fact]
    public async Task List_Item_IsTheWholeResource()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING", withAudience: true);

        Answer list = await Api.GetAsync($"/experiments?environmentId={scenario.EnvironmentId}");

        Shapes.AssertEqual((await Api.GetAsync(scenario.Path)).Json, Assert.Single(list["data"].EnumerateArray()));
    }

    [Theory]
    [InlineData("DRAFT")]
    [InlineData("RUNNING")]
    [InlineData("PAUSED")]
    [InlineData("ARCHIVED")]
    public async Task List_StatusFilter_AnswersOnlyThatStatus(string status)
    {
        ExperimentScenario wanted = await Api.CreateScenarioAsync(status);
        foreach (string other in new[] { "DRAFT", "ARCHIVED" }.Where(other => other != status))
        {
            Answer experiment = await Api.CreateExperimentAsync(wanted.EnvironmentId);
            if (other != "DRAFT")
            {
                await Api.MoveAsync(experiment.Id, other);
            }
        }

        Answer list = await Api.GetAsync($"/experiments?environmentId={wanted.EnvironmentId}&status={status}");

        Assert.Equal([wanted.ExperimentId], Shapes.Column(list["data"], "id"));
        Assert.Equal(1, list["pagination"].GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task List_StatusFilterAlone_CrossesEnvironments()
    {
        ExperimentScenario one = await Api.CreateScenarioAsync("PAUSED");
        ExperimentScenario two = await Api.CreateScenarioAsync("PAUSED");

        Answer list = await Api.GetAsync("/experiments?status=PAUSED&page=1&pageSize=100");

        string[] ids = Shapes.Column(list["data"], "id");
        Assert.Contains(one.ExperimentId, ids);
        Assert.Contains(two.ExperimentId, ids);
        Assert.All(Shapes.Column(list["data"], "status"), status => Assert.Equal("PAUSED", status));
    }

    [Theory]
    [InlineData("running")]
    [InlineData("STOPPED")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("RUNNING&status=DRAFT")]
    public async Task List_UnknownStatusFilter_Answers400NamingIt(string status)
    {
        string error = (await Api.GetAsync($"/experiments?status={status}")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("status ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5a1c7b1e-3f0a-4a57-9d4c-0d6f3c1e8f00")]
    [InlineData("abc")]
    [InlineData("")]
    public async Task List_UnknownEnvironmentFilter_AnswersAnEmptyList(string environmentId)
    {
        await Api.CreateScenarioAsync();

        Answer list = (await Api.GetAsync($"/experiments?environmentId={environmentId}&status=DRAFT")).Expect(HttpStatusCode.OK);

        Assert.Equal("[]", list["data"].GetRawText());
        Assert.Equal(0, list["pagination"].GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_UnderApiPrefix_AnswersTheSame()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Shapes.AssertEqual((await Api.GetAsync(scenario.Path)).Json, (await Api.GetAsync($"/api{scenario.Path}")).Json);
    }
}
