using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class VariantBatchTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Patch_CreateUpdateAndDelete_AnswersAllVariantsInCreationOrder()
    {
        string path = await CreateExperimentAsync();
        string a = await CreateVariantAsync(path, "a");
        string b = await CreateVariantAsync(path, "b");
        string c = await CreateVariantAsync(path, "c");

        Answer variants = (await Api.PatchAsync(
            $"{path}/variants",
            new
            {
                create = new object[] { new { key = "e", name = "E", payload = new { n = 1 } }, new { key = "d", name = "D" } },
                update = new[] { new { id = c, name = "C" } },
                delete = new[] { new { id = a } },
            })).Expect(HttpStatusCode.OK);

        Assert.Equal(["b", "c", "e", "d"], Shapes.Column(variants.Json, "key"));
        Assert.Equal([b, c], Shapes.Column(variants.Json, "id").Take(2));
        Assert.Equal("C", variants.Json[1].GetProperty("name").GetString());
        Assert.Equal("""{"n":1}""", variants.Json[2].GetProperty("payload").GetRawText());
        Assert.Equal(JsonValueKind.Null, variants.Json[3].GetProperty("payload").ValueKind);
        Assert.All(variants.Json.EnumerateArray(), variant => Shapes.AssertMembers(Shapes.Variant, variant));
        Shapes.AssertEqual(variants.Json, (await Api.GetAsync(path))["variants"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"create":[],"update":[],"delete":[]}""")]
    public async Task Patch_Nothing_AnswersTheVariantsUnchanged(string body)
    {
        string path = await CreateExperimentAsync();
        await CreateVariantAsync(path, "a");
        Answer before = await Api.GetAsync(path);

        Answer variants = (await Api.PatchAsync($"{path}/variants", body)).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(before["variants"], variants.Json);
        Shapes.AssertEqual(before.Json, (await Api.GetAsync(path)).Json);
    }

    [Fact]
    public async Task Patch_KeyOfADeletedVariant_CanBeGivenAgain()
    {
        string path = await CreateExperimentAsync();
        string old = await CreateVariantAsync(path, "a");

        Answer variants = (await Api.PatchAsync(
            $"{path}/variants", new { create = new[] { new { key = "a", name = "New" } }, delete = new[] { new { id = old } } }))
                .Expect(HttpStatusCode.OK);

        JsonElement only = Assert.Single(variants.Json.EnumerateArray());
        Assert.NotEqual(old, only.GetProperty("id").GetString());
        Assert.Equal("New", only.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Patch_PayloadNullInUpdate_ClearsIt()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Answer variants = (await Api.PatchAsync(
            $"{scenario.Path}/variants", $$"""{"update":[{"id":"{{scenario.TreatmentId}}","payload":null}]}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, variants.Json[1].GetProperty("payload").ValueKind);
    }

    [Theory]
    [InlineData("""{"create":[{"key":"new","name":"N"}],"update":[{"id":"UNKNOWN","name":"N"}]}""", HttpStatusCode.NotFound)]
    [InlineData("""{"create":[{"key":"new","name":"N"}],"delete":[{"id":"UNKNOWN"}]}""", HttpStatusCode.NotFound)]
    [InlineData("""{"update":[{"id":"TREATMENT","name":"N"},{"id":"not a UUID","name":"N"}]}""", HttpStatusCode.NotFound)]
    [InlineData("""{"create":[{"key":"control","name":"N"}]}""", HttpStatusCode.Conflict)]
    [InlineData("""{"create":[{"key":"new","name":"N"},{"key":"new","name":"N"}]}""", HttpStatusCode.Conflict)]
    [InlineData("""{"create":[{"key":"new","name":"N"}],"delete":[{"id":"CONTROL"}]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"update":[{"id":"TREATMENT","name":"A"},{"id":"TREATMENT","name":"B"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"delete":[{"id":"FREE"},{"id":"FREE"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"update":[{"id":"FREE","name":"A"}],"delete":[{"id":"FREE"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"create":[{"key":"new","name":"N"},{"key":"bad key","name":"N"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"create":[{"key":"new","name":"N"}],"update":[{"id":"TREATMENT","name":""}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"delete":[{"id":"FREE"}],"update":[{"id":"TREATMENT","payload":[]}]}""", HttpStatusCode.BadRequest)]
    public async Task Patch_OneEntryRefused_ChangesNothing(string body, HttpStatusCode expected)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string free = (await Api.CreateVariantAsync(scenario.ExperimentId, "free")).Id;
        Answer before = await Api.GetAsync(scenario.Path);

        Answer answer = await Api.PatchAsync(
            $"{scenario.Path}/variants",
            body.Replace("UNKNOWN", Guid.NewGuid().ToString(), StringComparison.Ordinal)
                .Replace("CONTROL", scenario.ControlId, StringComparison.Ordinal)
                .Replace("TREATMENT", scenario.TreatmentId, StringComparison.Ordinal)
                .Replace("FREE", free, StringComparison.Ordinal));

        answer.ExpectProblem(expected);
        Shapes.AssertEqual(before.Json, (await Api.GetAsync(scenario.Path)).Json);
    }

    [Fact]
    public async Task Patch_DeleteOfOneWithBuckets_SaysWhatToDoFirst()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync($"{scenario.Path}/variants", new { delete = new[] { new { id = scenario.ControlId } } }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("\"control\"", error, StringComparison.Ordinal);
        Assert.Contains("allocations", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"create":{}}""", "create ")]
    [InlineData("""{"create":null}""", "create ")]
    [InlineData("""{"update":null}""", "update ")]
    [InlineData("""{"delete":null}""", "delete ")]
    [InlineData("""{"delete":"x"}""", "delete ")]
    [InlineData("""{"delete":["x"]}""", "delete[0] ")]
    [InlineData("""{"delete":[{"id":7}]}""", "delete[0].id ")]
    [InlineData("""{"delete":[{}]}""", "delete[0].id ")]
    [InlineData("""{"update":[{"name":"n"}]}""", "update[0].id ")]
    [InlineData("""{"create":[{"key":"a","name":"n"},{"key":"b"}]}""", "create[1].name ")]
    [InlineData("""{"create":[{"key":5,"name":"n"}]}""", "create[0].key ")]
    public async Task Patch_MemberOfWrongType_Answers400WithItsPath(string body, string path)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync($"{scenario.Path}/variants", body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_UpdateWithNullName_Answers400WithItsPath()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.PatchAsync(
            $"{scenario.Path}/variants", $$"""{"update":[{"id":"{{scenario.ControlId}}","name":null}]}"""))
                .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("update[0].name ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_PayloadOver64KiB_Answers413()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        (await Api.PatchAsync(
            $"{scenario.Path}/variants",
            new { create = new[] { new { key = "k", name = "n", payload = new { text = new string('x', 64 * 1024) } } } }))
            .ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task<string> CreateExperimentAsync() =>
        $"/experiments/{(await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id)).Id}";

    private async Task<string> CreateVariantAsync(string path, string key) =>
        (await Api.CreateVariantAsync(path["/experiments/".Length..], key)).Id;
}
