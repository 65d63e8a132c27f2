using System.Net;
using System.Text;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

/// <summary>Bodies that no honest caller sends: a clear 4xx, never a 500.</summary>
public sealed class HostileInputTests(ControlServer server) : IClassFixture<ControlServer>, IDisposable
{
    private static readonly string[] Members = ["PATCH ", "PATCH /status", "POST /variants", "PATCH /variants", "PUT /allocations"];

    private ApiClient Api => server.Api;

    public static TheoryData<string> Routes => [.. Members];

    /// <summary>Whatever a test sent, the server must not have been surprised.</summary>
    public void Dispose() => Assert.Empty(server.Errors);

    [Theory]
    [InlineData(10 * 1024 * 1024)]
    [InlineData((1024 * 1024) + 1)]
    public async Task Post_BodyOverTheLimit_Answers413(int bytes)
    {
        string body = $$"""{"name":"{{new string('x', bytes - """{"name":""}""".Length)}}"}""";

        string error = (await Api.PostAsync("/environments", body)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("1048576", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyOverTheLimitOfUnknownLength_Answers413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/environments")
        {
            Content = ApiClient.Json(new byte[10 * 1024 * 1024]),
            Headers = { TransferEncodingChunked = true },
        };

        (await Api.SendAsync(request)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_LeavesTheConnectionUsable()
    {
        for (int i = 0; i < 3; i++)
        {
            (await Api.PostAsync("/environments", new string(' ', 2 * 1024 * 1024))).Expect(HttpStatusCode.RequestEntityTooLarge);
            (await Api.GetAsync("/health")).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_IsRead()
    {
        string start = $$"""{"name":"{{ApiClient.NewName("limit")}}"}""";

        (await Api.PostAsync("/environments", start.PadRight(1024 * 1024))).Expect(HttpStatusCode.Created);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task AnyRoute_DeepJson_Answers400(string route)
    {
        string deep = $"{new string('[', 1000)}{new string(']', 1000)}";

        await AssertRefusedAsync(route, $$"""{"payload":{{deep}}}""");
    }

    [Fact]
    public async Task PostVariant_DeepestAllowedPayload_IsAnsweredInListsToo()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        const int Levels = 62;
        string payload = $$"""{"a":{{new string('[', Levels)}}{{new string(']', Levels)}}}""";

        Answer created = await Api.PostAsync($"{scenario.Path}/variants", $$"""{"key":"deep","name":"n","payload":{{payload}}}""");

        Assert.Equal("true", created.Expect(HttpStatusCode.Created).Header("x-publish-succeeded"));
        Assert.Equal(payload, created["payload"].GetRawText());
        Answer list = await Api.GetAsync($"/experiments?environmentId={scenario.EnvironmentId}");
        Assert.Contains(payload, list.Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task AnyRoute_InvalidUtf8_Answers400(string route) =>
        await AssertRefusedAsync(route, [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8], "UTF-8");

    [Theory]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    public async Task Post_BytesThatAreNoUtf8_Answers400(byte[] bytes) =>
        (await SendAsync("/environments", [.. "{\"name\":\""u8, .. bytes, .. "\"}"u8])).ExpectProblem(HttpStatusCode.BadRequest);

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task AnyRoute_LoneSurrogateInAValue_Answers400(string route) =>
        await AssertRefusedAsync(route, """{"name":"a\ud800"}""", "surrogate");

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"\uDFFF"}""")]
    [InlineData("""{"name":"\udc00\ud800"}""")]
    [InlineData("""{"name":"\ud800\ud800\udc00"}""")]
    [InlineData("""{"name":"\ud800 \udc00"}""")]
    [InlineData("""{"name":"\ud800\\udc00"}""")]
    [InlineData("""{"name":"\ud800\n"}""")]
    [InlineData("""{"name":"\ud83e\udde"}""")]
    [InlineData("""{"name":"a","\ud800":1}""")]
    [InlineData("""{"name":"a","x":{"y":["\udfff"]}}""")]
    public async Task Post_LoneSurrogateAnywhere_Answers400(string body) =>
        (await Api.PostAsync("/environments", body)).ExpectProblem(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{"key":"k","name":"n","payload":{"a":"\ud800"}}""")]
    [InlineData("""{"key":"k","name":"n","payload":{"\udc00":1}}""")]
    [InlineData("""{"key":"\ud800","name":"n"}""")]
    public async Task PostVariant_LoneSurrogate_Answers400(string body)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        (await Api.PostAsync($"{scenario.Path}/variants", body)).ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""\ud83e\uddea""", "\ud83e\uddea")]
    [InlineData("""\\ud800""", "\\ud800")]
    [InlineData("\\u0041\\/\\\"", "A/\"")]
    [InlineData("""\uD83E\uDDEA\ud83e\uddea""", "\ud83e\uddea\ud83e\uddea")]
    public async Task Post_EscapesThatAreText_AreTaken(string escaped, string name)
    {
        Answer created = (await Api.PostAsync("/environments", $$"""{"name":"{{escaped}}"}""")).Expect(HttpStatusCode.Created);

        Assert.Equal(name, created["name"].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("""{"name":"a""")]
    [InlineData("""{"name":"a"}}""")]
    [InlineData("""{"name":"a"} {}""")]
    [InlineData("""{"name":'a'}""")]
    [InlineData("""{"name":"a",}""")]
    [InlineData("""{"name":"a"/* comment */}""")]
    [InlineData("{\"name\":\"a\nb\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"name\"")]
    [InlineData("true")]
    [InlineData("NaN")]
    [InlineData("""{"name":01}""")]
    public async Task Post_NotAJsonObject_Answers400(string body)
    {
        string error = (await SendAsync("/environments", Encoding.UTF8.GetBytes(body))).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains("body", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task AnyRoute_EmptyBody_Answers400(string route) => await AssertRefusedAsync(route, "", "body");

    [Fact]
    public async Task Post_DuplicateMembers_TakesTheLast()
    {
        string name = ApiClient.NewName("last");

        Answer created = await Api.PostAsync("/environments", $$"""{"name":7,"name":"{{name}}"}""");

        Assert.Equal(name, created.Expect(HttpStatusCode.Created)["name"].GetString());
    }

    [Theory]
    [InlineData("""{"a":1e400}""")]
    [InlineData("""{"a":1e99999999999}""")]
    [InlineData("""{"a":-1e-99999999999}""")]
    [InlineData("""{"a":123456789012345678901234567890.123456789}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"":0,"\u0000":"\u0000\u001f","__proto__":{}}""")]
    public async Task Variant_OddPayload_IsKeptPublishedAndChanged(string payload)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string body = $$"""{"payload":{{payload}}}""";

        Answer first = await Api.PatchAsync($"{scenario.Path}/variants/{scenario.ControlId}", body);
        Answer again = await Api.PatchAsync($"{scenario.Path}/variants/{scenario.ControlId}", body);

        Assert.Equal("true", first.Expect(HttpStatusCode.OK).Header("x-publish-succeeded"));
        Assert.Equal("false", again.Expect(HttpStatusCode.OK).Header("x-publish-attempted"));
        (await Api.GetAsync($"/experiments?environmentId={scenario.EnvironmentId}")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("1e-99999999999")]
    [InlineData("-0")]
    [InlineData("5e-324")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("123456789012345678901234567890")]
    public async Task Rules_OddNumber_IsKeptPublishedAndChanged(string number)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string body = $$"""{"targetingRules":[{"conditions":[{"attribute":"a","operator":"gt","value":{{number}}}]}]}""";

        Answer first = await Api.PatchAsync(scenario.Path, body);
        Answer again = await Api.PatchAsync(scenario.Path, body);

        Assert.Equal("true", first.Expect(HttpStatusCode.OK).Header("x-publish-succeeded"));
        Assert.Equal("false", again.Expect(HttpStatusCode.OK).Header("x-publish-attempted"));
    }

    [Fact]
    public async Task PatchVariants_MoreThan1000_Answers422()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        var create = Enumerable.Range(0, 999).Select(i => new { key = $"v{i}", name = "n" });

        (await Api.PatchAsync($"{scenario.Path}/variants", new { create })).ExpectProblem(HttpStatusCode.UnprocessableEntity);

        (await Api.PatchAsync($"{scenario.Path}/variants", new { create = create.Skip(1) })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/environments/%FF%FE")]
    [InlineData("/environments/%ED%A0%80")]
    [InlineData("/environments/..%2F..%2Fetc")]
    [InlineData("/experiments?environmentId=%FF&status=%01")]
    [InlineData("/experiments?status=%ED%A0%80")]
    [InlineData("/environments?page=%FF&pageSize=1")]
    public async Task Get_OddTarget_Answers4xx(string target)
    {
        Answer answer = await RawHttp.GetAsync(server.Url, target);

        Assert.InRange((int)answer.Status, 400, 499);
        answer.ExpectProblem(answer.Status);
    }

    private async Task AssertRefusedAsync(string route, string body, string reason = "JSON") =>
        await AssertRefusedAsync(route, Encoding.UTF8.GetBytes(body), reason);

    private async Task AssertRefusedAsync(string route, byte[] body, string reason)
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        string[] parts = route.Split(' ');
        using HttpContent content = ApiClient.Json(body);

        string error = (await Api.SendAsync(new HttpMethod(parts[0]), scenario.Path + parts[1], content))
            .ExpectProblem(HttpStatusCode.BadRequest);

        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private async Task<Answer> SendAsync(string path, byte[] body)
    {
        using HttpContent content = ApiClient.Json(body);
        return await Api.SendAsync(HttpMethod.Post, path, content);
    }
}
