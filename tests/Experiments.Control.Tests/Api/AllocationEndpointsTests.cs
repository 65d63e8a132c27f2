using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class AllocationEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Put_UnsortedRanges_AnswersTheArrayByRangeStart()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer allocations = await Api.AllocateAsync(
            scenario.ExperimentId, (scenario.TreatmentId, 7000, 9999), (scenario.ControlId, 0, 99), (scenario.TreatmentId, 100, 100));

        Assert.Equal(JsonValueKind.Array, allocations.Json.ValueKind);
        Assert.Equal(["0", "100", "7000"], Shapes.Column(allocations.Json, "rangeStart"));
        Assert.Equal(["99", "100", "9999"], Shapes.Column(allocations.Json, "rangeEnd"));
        Assert.Equal([scenario.ControlId, scenario.TreatmentId, scenario.TreatmentId], Shapes.Column(allocations.Json, "variantId"));
        foreach (JsonElement allocation in allocations.Json.EnumerateArray())
        {
            Shapes.AssertMembers(Shapes.Allocation, allocation);
            Shapes.AssertUuid(allocation.GetProperty("id"));
            Assert.Equal(scenario.ExperimentId, allocation.GetProperty("experimentId").GetString());
        }

        Shapes.AssertEqual(allocations.Json, (await Api.GetAsync(scenario.Path))["allocations"]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 9999)]
    [InlineData(9999, 9999)]
    [InlineData(4999, 5000)]
    public async Task Put_RangeWithinBounds_IsAllowed(int start, int end)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer allocations = await Api.AllocateAsync(scenario.ExperimentId, (scenario.ControlId, start, end));

        Assert.Equal(1, allocations.Json.GetArrayLength());
    }

    [Fact]
    public async Task Put_RangesThatTouch_AreAllowed()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        await Api.AllocateAsync(
            scenario.ExperimentId, (scenario.ControlId, 0, 4999), (scenario.TreatmentId, 5000, 5000), (scenario.ControlId, 5001, 9999));
    }

    [Fact]
    public async Task Put_AllBucketsOneByOne_IsAllowed()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer allocations = await Api.AllocateAsync(
            scenario.ExperimentId, [.. Enumerable.Range(0, 1000).Select(bucket => (scenario.ControlId, bucket * 10, bucket * 10))]);

        Assert.Equal(1000, allocations.Json.GetArrayLength());
    }

    [Fact]
    public async Task Put_Empty_OnADraft_ClearsThem()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer allocations = await Api.AllocateAsync(scenario.ExperimentId);

        Assert.Equal("[]", allocations.Text);
        Assert.Equal("[]", (await Api.GetAsync(scenario.Path))["allocations"].GetRawText());
    }

    [Fact]
    public async Task Put_Empty_OnARunningOne_Answers422AndLeavesThem()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");

        (await Api.PutAsync($"{scenario.Path}/allocations", """{"allocations":[]}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(2, (await Api.GetAsync(scenario.Path))["allocations"].GetArrayLength());
    }

    [Theory]
    [InlineData("[0,4999],[4999,9999]", "overlap")]
    [InlineData("[0,9999],[5000,5000]", "overlap")]
    [InlineData("[5000,9999],[0,5000]", "overlap")]
    [InlineData("[1,2],[1,2]", "overlap")]
    [InlineData("[0,100],[50,60],[101,200]", "overlap")]
    [InlineData("[-1,5]", "9999")]
    [InlineData("[0,10000]", "9999")]
    [InlineData("[10000,10001]", "9999")]
    [InlineData("[5,4]", "before it starts")]
    [InlineData("[-2147483648,2147483647]", "9999")]
    [InlineData("[0,1],[20000,30000]", "9999")]
    public async Task Put_RangesThatMakeNoSense_Answers400AndLeavesThem(string ranges, string reason)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        Answer before = await Api.GetAsync(scenario.Path);
        JsonElement parsed = JsonElement.Parse($"[{ranges}]");
        var allocations = parsed.EnumerateArray()
            .Select(range => new { variantId = scenario.ControlId, rangeStart = range[0], rangeEnd = range[1] });

        string error = (await Api.PutAsync($"{scenario.Path}/allocations", new { allocations })).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains(reason, error, StringComparison.Ordinal);
        Shapes.AssertEqual(before.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("malformed")]
    [InlineData("of another experiment")]
    public async Task Put_VariantThatTheExperimentDoesNotHave_Answers400(string kind)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string variantId = kind switch
        {
            "unknown" => Guid.NewGuid().ToString(),
            "malformed" => "abc",
            _ => (await Api.CreateScenarioAsync()).ControlId,
        };

        string error = (await Api.PutAsync(
            $"{scenario.Path}/allocations", new { allocations = new[] { new { variantId, rangeStart = 0, rangeEnd = 1 } } }))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("variant", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "allocations ")]
    [InlineData("""{"allocations":null}""", "allocations ")]
    [InlineData("""{"allocations":{}}""", "allocations ")]
    [InlineData("""{"allocations":[7]}""", "allocations[0] ")]
    [InlineData("""{"allocations":[{"rangeStart":0,"rangeEnd":1}]}""", "allocations[0].variantId ")]
    [InlineData("""{"allocations":[{"variantId":7,"rangeStart":0,"rangeEnd":1}]}""", "allocations[0].variantId ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeEnd":1}]}""", "allocations[0].rangeStart ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeStart":0,"rangeEnd":null}]}""", "allocations[0].rangeEnd ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeStart":"0","rangeEnd":1}]}""", "allocations[0].rangeStart ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeStart":0.5,"rangeEnd":1}]}""", "allocations[0].rangeStart ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeStart":0,"rangeEnd":1e99}]}""", "allocations[0].rangeEnd ")]
    [InlineData("""{"allocations":[{"variantId":"V","rangeStart":0,"rangeEnd":99999999999999999999}]}""", "allocations[0].rangeEnd ")]
    public async Task Put_MemberMissingOrOfWrongType_Answers400WithItsPath(string body, string path)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string filled = body.Replace("\"V\"", $"\"{scenario.ControlId}\"", StringComparison.Ordinal);
        string error = (await Api.PutAsync($"{scenario.Path}/allocations", filled))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_RangeThatStays_KeepsItsId()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        JsonElement before = (await Api.GetAsync(scenario.Path))["allocations"];

        Answer after = await Api.AllocateAsync(scenario.ExperimentId, (scenario.ControlId, 0, 4999), (scenario.TreatmentId, 6000, 9999));

        Assert.Equal(Shapes.Column(before, "id")[0], Shapes.Column(after.Json, "id")[0]);
        Assert.NotEqual(Shapes.Column(before, "id")[1], Shapes.Column(after.Json, "id")[1]);
    }
}
