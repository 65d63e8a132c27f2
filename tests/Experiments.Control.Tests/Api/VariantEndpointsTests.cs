using System.Net;
using System.Text.Json;
using Experiments.Control.Operations;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class VariantEndpointsTests(ControlServer server) : IClassFixture<ControlServer>
{
    private ApiClient Api => server.Api;

    [Fact]
    public async Task Post_WithPayload_Answers201WithEveryMember()
    {
        string experimentId = await CreateExperimentAsync();

        Answer created = await Api.PostAsync(
            $"/experiments/{experimentId}/variants", """{"key":"blue","name":"Blue","payload":{"color":"#0066cc","n":[1.50,null]}}""");

        created.Expect(HttpStatusCode.Created);
        Shapes.AssertMembers(Shapes.Variant, created.Json);
        Shapes.AssertUuid(created["id"]);
        Assert.Equal("blue", created["key"].GetString());
        Assert.Equal("Blue", created["name"].GetString());
        Assert.Equal(experimentId, created["experimentId"].GetString());
        Assert.Equal("""{"color":"#0066cc","n":[1.50,null]}""", created["payload"].GetRawText());
    }

    [Theory]
    [InlineData("""{"key":"a","name":"n"}""")]
    [InlineData("""{"key":"a","name":"n","payload":null}""")]
    public async Task Post_WithoutPayload_AnswersNull(string body)
    {
        string experimentId = await CreateExperimentAsync();

        Answer created = (await Api.PostAsync($"/experiments/{experimentId}/variants", body)).Expect(HttpStatusCode.Created);

        Assert.Equal(JsonValueKind.Null, created["payload"].ValueKind);
    }

    [Fact]
    public async Task Post_Several_AreKeptInCreationOrder()
    {
        string experimentId = await CreateExperimentAsync();
        foreach (string key in new[] { "c", "a", "b" })
        {
            await Api.CreateVariantAsync(experimentId, key);
        }

        Assert.Equal(["c", "a", "b"], Shapes.Column((await Api.GetAsync($"/experiments/{experimentId}"))["variants"], "key"));
    }

    [Fact]
    public async Task Post_KeyTaken_Answers409NamingIt()
    {
        string experimentId = await CreateExperimentAsync();
        await Api.CreateVariantAsync(experimentId, "taken");

        string error = (await Api.PostAsync($"/experiments/{experimentId}/variants", new { key = "taken", name = "n" }))
            .ExpectProblem(HttpStatusCode.Conflict);

        Assert.Contains("\"taken\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_KeyInOtherCase_IsAnotherVariant()
    {
        string experimentId = await CreateExperimentAsync();
        await Api.CreateVariantAsync(experimentId, "abc");

        await Api.CreateVariantAsync(experimentId, "ABC");
    }

    [Fact]
    public async Task Post_KeyTakenInAnotherExperiment_IsAnotherVariant()
    {
        await Api.CreateVariantAsync(await CreateExperimentAsync(), "same");

        await Api.CreateVariantAsync(await CreateExperimentAsync(), "same");
    }

    [Theory]
    [InlineData("""{"name":"n"}""", "key ")]
    [InlineData("""{"key":"","name":"n"}""", "key ")]
    [InlineData("""{"key":"a b","name":"n"}""", "key ")]
    [InlineData("""{"key":null,"name":"n"}""", "key ")]
    [InlineData("""{"key":"a"}""", "name ")]
    [InlineData("""{"key":"a","name":""}""", "name ")]
    [InlineData("""{"key":"a","name":null}""", "name ")]
    [InlineData("""{"key":"a","name":"n","payload":[]}""", "payload ")]
    [InlineData("""{"key":"a","name":"n","payload":"{}"}""", "payload ")]
    [InlineData("""{"key":"a","name":"n","payload":7}""", "payload ")]
    [InlineData("""{"key":"a","name":"n","payload":false}""", "payload ")]
    public async Task Post_MemberRefused_Answers400NamingTheField(string body, string path)
    {
        string experimentId = await CreateExperimentAsync();

        string error = (await Api.PostAsync($"/experiments/{experimentId}/variants", body)).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, HttpStatusCode.Created)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task Post_LongKey_IsAllowedUpTo128Characters(int length, HttpStatusCode expected)
    {
        string experimentId = await CreateExperimentAsync();

        (await Api.PostAsync($"/experiments/{experimentId}/variants", new { key = new string('v', length), name = "n" })).Expect(expected);
    }

    [Theory]
    [InlineData(64 * 1024, HttpStatusCode.Created)]
    [InlineData((64 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_LargePayload_IsAllowedUpTo64KiBOfJson(int bytes, HttpStatusCode expected)
    {
        string experimentId = await CreateExperimentAsync();

        Answer answer = await Api.PostAsync(
            $"/experiments/{experimentId}/variants", $$"""{"key":"a","name":"n","payload":{{PayloadOf(bytes)}}}""");

        answer.Expect(expected);
        if (expected != HttpStatusCode.Created)
        {
            Assert.StartsWith("payload ", answer.ExpectProblem(expected), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Patch_PayloadsOverTheLimitTogether_IsRefusedAndNothingIsStored()
    {
        string experimentId = await CreateExperimentAsync();
        const int PerRequest = 15; // 15 times 64 KiB is just under the limit of a body.
        string payload = PayloadOf(VariantOperations.MaxPayloadBytes);
        int stored = 0;
        Answer answer;
        do
        {
            IEnumerable<string> variants = Enumerable.Range(stored, PerRequest).Select(i => $$"""{"key":"v{{i}}","name":"n","payload":{{payload}}}""");
            answer = await Api.SendAsync(HttpMethod.Patch, $"/experiments/{experimentId}/variants", $$"""{"create":[{{string.Join(',', variants)}}]}""");
            stored += answer.Status == HttpStatusCode.OK ? PerRequest : 0;
        }
        while (answer.Status == HttpStatusCode.OK);

        Assert.Contains(
            $"{VariantOperations.MaxTotalPayloadBytes}", answer.ExpectProblem(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.InRange(stored * VariantOperations.MaxPayloadBytes, 1, VariantOperations.MaxTotalPayloadBytes);
        Answer experiment = (await Api.GetAsync($"/experiments/{experimentId}")).Expect(HttpStatusCode.OK);
        Assert.Equal(stored, experiment["variants"].GetArrayLength());
    }

    [Theory]
    [InlineData("""{"name":"changed"}""", "changed", "\"blue\"")]
    [InlineData("""{"payload":{"color":"red"}}""", "Name of a", "\"red\"")]
    [InlineData("{}", "Name of a", "\"blue\"")]
    [InlineData("""{"key":"other","id":"x","experimentId":"y"}""", "Name of a", "\"blue\"")]
    public async Task Patch_Members_ChangeOnlyThose(string body, string name, string color)
    {
        string experimentId = await CreateExperimentAsync();
        string variantId = (await Api.CreateVariantAsync(experimentId, "a", new { color = "blue" })).Id;

        Answer changed = (await Api.PatchAsync($"/experiments/{experimentId}/variants/{variantId}", body)).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(Shapes.Variant, changed.Json);
        Assert.Equal("a", changed["key"].GetString());
        Assert.Equal(name, changed["name"].GetString());
        Assert.Equal(color, changed["payload"].GetProperty("color").GetRawText());
    }

    [Fact]
    public async Task Patch_PayloadNull_ClearsIt()
    {
        string experimentId = await CreateExperimentAsync();
        string variantId = (await Api.CreateVariantAsync(experimentId, "a", new { color = "blue" })).Id;

        Answer changed = (await Api.PatchAsync($"/experiments/{experimentId}/variants/{variantId}", """{"payload":null}"""))
            .Expect(HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, changed["payload"].ValueKind);
    }

    [Theory]
    [InlineData("""{"name":null}""", "name ")]
    [InlineData("""{"name":""}""", "name ")]
    [InlineData("""{"name":7}""", "name ")]
    [InlineData("""{"payload":[1]}""", "payload ")]
    public async Task Patch_MemberRefused_Answers400NamingTheField(string body, string path)
    {
        string experimentId = await CreateExperimentAsync();
        string variantId = (await Api.CreateVariantAsync(experimentId, "a")).Id;

        string error = (await Api.PatchAsync($"/experiments/{experimentId}/variants/{variantId}", body))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_PayloadOver64KiB_Answers413()
    {
        string experimentId = await CreateExperimentAsync();
        string variantId = (await Api.CreateVariantAsync(experimentId, "a")).Id;

        (await Api.PatchAsync($"/experiments/{experimentId}/variants/{variantId}", $$"""{"payload":{{PayloadOf((64 * 1024) + 1)}}}"""))
            .ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Delete_WithoutBuckets_AnswersWhatWasDeleted()
    {
        string experimentId = await CreateExperimentAsync();
        Answer variant = await Api.CreateVariantAsync(experimentId, "a", new { color = "blue" });

        Answer deleted = (await Api.DeleteAsync($"/experiments/{experimentId}/variants/{variant.Id}")).Expect(HttpStatusCode.OK);

        Shapes.AssertEqual(variant.Json, deleted.Json);
        Assert.Equal("[]", (await Api.GetAsync($"/experiments/{experimentId}"))["variants"].GetRawText());
    }

    [Fact]
    public async Task Delete_WithBuckets_Answers422SayingWhatToDoFirst()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        string error = (await Api.DeleteAsync($"{scenario.Path}/variants/{scenario.ControlId}"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("\"control\"", error, StringComparison.Ordinal);
        Assert.Contains($"PUT {scenario.Path}/allocations", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Api.GetAsync(scenario.Path))["variants"].GetArrayLength());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task AnyMethod_UnknownVariantId_Answers404(string method)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        ExperimentScenario other = await Api.CreateScenarioAsync();
        object? body = method == "PATCH" ? new { name = "n" } : null;
        foreach (string id in new[] { Guid.NewGuid().ToString(), "abc", other.ControlId })
        {
            (await Api.SendAsync(new HttpMethod(method), $"{scenario.Path}/variants/{id}", body)).ExpectProblem(HttpStatusCode.NotFound);
        }
    }

    private static string PayloadOf(int bytes) => $$"""{"a":"{{new string('x', bytes - """{"a":""}""".Length)}}"}""";

    private async Task<string> CreateExperimentAsync() => (await Api.CreateExperimentAsync((await Api.CreateEnvironmentAsync()).Id)).Id;
}
