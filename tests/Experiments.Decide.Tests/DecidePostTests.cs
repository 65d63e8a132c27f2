using System.Net;
using System.Text;
using Experiments.Decide.Endpoints.Requests;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests;

public sealed class DecidePostTests : IAsyncLifetime
{
    private readonly SnapshotStore _store = new();
    private DecideServer _server = null!;

    public async Task InitializeAsync()
    {
        _store.Publish("prod", 1);
        _server = await DecideServer.StartAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData("""{"user_key":"u","env":"prod"}""")]
    [InlineData("""{"user_key":"u","env":"prod","context":{}}""")]
    [InlineData(""" { "context" : { "a" : [1, {"b":null}] }, "env" : "prod", "user_key" : "u" } """)]
    [InlineData("""{"\u0075ser_key":"\u0075","env":"prod","other":[[[{"x":1}]]],"other":2,"\ud800":3}""")]
    [InlineData("\uFEFF{\"user_key\":\"u\",\"env\":\"prod\"}")]
    public async Task Post_GoodBody_Answers200(string json) =>
        Assert.StartsWith(
            """{"user_key":"u","environment":"prod","config_version":1,"assignments":[{""", (await _server.PostAsync(json)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}", "user_key is missing")]
    [InlineData("""{"env":"prod"}""", "user_key is missing")]
    [InlineData("""{"user_key":"u"}""", "env is missing")]
    [InlineData("""{"user_key":"","env":"prod"}""", "user_key is empty")]
    [InlineData("""{"user_key":null,"env":"prod"}""", "user_key must be a string")]
    [InlineData("""{"user_key":1,"env":"prod"}""", "user_key must be a string")]
    [InlineData("""{"user_key":["u"],"env":"prod"}""", "user_key must be a string")]
    [InlineData("""{"user_key":{"user_key":"u"},"env":"prod"}""", "user_key must be a string")]
    [InlineData("""{"user_key":"u","env":""}""", "env is empty")]
    [InlineData("""{"user_key":"u","env":null}""", "env must be a string")]
    [InlineData("""{"user_key":"u","env":true}""", "env must be a string")]
    [InlineData("""{"user_key":"u","user_key":"u","env":"prod"}""", "user_key is given more than once")]
    [InlineData("""{"user_key":"u","env":"prod","\u0065nv":"prod"}""", "env is given more than once")]
    [InlineData("""{"user_key":"u","env":"prod","context":{},"context":{}}""", "context is given more than once")]
    [InlineData("""{"user_key":"u","env":"prod","context":null}""", "Invalid context JSON")]
    [InlineData("""{"user_key":"u","env":"prod","context":[]}""", "Invalid context JSON")]
    [InlineData("""{"user_key":"u","env":"prod","context":"{}"}""", "Invalid context JSON")]
    [InlineData("""{"user_key":"u","env":"prod","context":""}""", "Invalid context JSON")]
    [InlineData("""{"user_key":"u","env":"nope","context":1}""", "Invalid context JSON")]
    [InlineData("[]", "The body is not a JSON object")]
    [InlineData("null", "The body is not a JSON object")]
    [InlineData("\"text\"", "The body is not a JSON object")]
    [InlineData("", "The body is empty")]
    [InlineData(" ", "The body is not valid JSON: see line 1, byte 2")]
    [InlineData("""{"user_key":"u","env":"prod" """, "The body is not valid JSON: see line 1, byte 30")]
    [InlineData("{\n\"user_key\":u}", "The body is not valid JSON: see line 2, byte 12")]
    [InlineData("""{"user_key":"u","env":"prod"}x""", "The body is not valid JSON: see line 1, byte 30")]
    [InlineData("""{"user_key":"u","env":"prod",}""", "The body is not valid JSON: see line 1, byte 30")]
    [InlineData("""{"user_key":"u","env":"prod"} // no""", "The body is not valid JSON: see line 1, byte 31")]
    public async Task Post_BadBody_Answers400ThatSaysWhat(string json, string error) =>
        (await _server.PostAsync(json)).AssertProblem(HttpStatusCode.BadRequest, error);

    [Fact]
    public async Task Post_UnpublishedEnvironment_Answers503() =>
        (await _server.PostAsync("""{"user_key":"u","env":"no\"pe"}""")).AssertProblem(
            HttpStatusCode.ServiceUnavailable, "No config available for environment \"no\"pe\"");

    [Fact]
    public async Task Post_InvalidUtf8_Answers400()
    {
        byte[] body = Encoding.Latin1.GetBytes("{\"user_key\":\"\xff\",\"env\":\"prod\"}");
        (await _server.PostAsync(body)).AssertProblem(HttpStatusCode.BadRequest, "The body is not valid UTF-8");
    }

    [Fact]
    public async Task Post_LoneSurrogates_AreDecidedAndAnsweredAsEscapes()
    {
        _store.Publish("lone", 1, """
            {"id":"e1","key":"lone","salt":"s1","audienceRules":[],
             "targetingRules":[{"conditions":[{"attribute":"\ud800","operator":"eq","value":"\udfff"}]}],
             "variants":[{"id":"v1","key":"on"}],"allocations":[{"variantId":"v1","rangeStart":0,"rangeEnd":9999}]}
            """);
        Answer answer = await _server.PostAsync("""{"user_key":"a\ud800\uD83D\uDE42\udc00","env":"lone","context":{"\ud800":"\udfff"}}""");
        Assert.Equal(
            """{"user_key":"a\ud800🙂\udc00","environment":"lone","config_version":1,"assignments":[{"experiment_key":"lone","experiment_id":"e1","variant_key":"on","variant_id":"v1"}]}""",
            answer.Text);
    }

    [Fact]
    public async Task Post_LoneSurrogateInUserKey_HashesAsReplacementCharacter()
    {
        // Ten thousand buckets, one allocation each for the bucket of U+FFFD: only equal hashes give an assignment.
        string lone = (await _server.PostAsync("""{"user_key":"\ud800","env":"prod"}""")).Text;
        Assert.Contains("\"experiment_key\":\"everyone\"", lone, StringComparison.Ordinal);
        _store.Publish("split", 1, $$"""
            {"id":"e1","key":"split","salt":"s1","audienceRules":[],"targetingRules":[],
             "variants":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"v{{i}}","key":"k{{i}}"}"""))}}],
             "allocations":[{{string.Join(',', Enumerable.Range(0, 100).Select(i =>
                $$"""{"variantId":"v{{i}}","rangeStart":{{i * 100}},"rangeEnd":{{(i * 100) + 99}}}"""))}}]}
            """);
        foreach (string key in (string[])["a", "bc", "def"])
        {
            string escaped = (await _server.PostAsync($$"""{"user_key":"{{key}}\udabc","env":"split"}""")).Json.GetProperty("assignments").GetRawText();
            string replaced = (await _server.PostAsync($$"""{"user_key":"{{key}}\ufffd","env":"split"}""")).Json.GetProperty("assignments").GetRawText();
            Assert.Equal(replaced, escaped);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Post_DeeplyNestedContext_Answers400(int depth)
    {
        string nested = new string('[', depth) + new string(']', depth);
        (await _server.PostAsync($$$"""{"user_key":"u","env":"prod","context":{"a":{{{nested}}}}}""")).AssertProblem(
            HttpStatusCode.BadRequest, "Invalid context JSON");
        (await _server.PostAsync(nested)).AssertProblem(HttpStatusCode.BadRequest, "The body is not a JSON object");
        (await _server.PostAsync(new string('[', depth))).AssertProblem(
            HttpStatusCode.BadRequest, $"The body is not valid JSON: see line 1, byte {depth + 1}");
        Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync($$"""{"user_key":"u","env":"prod","other":{{nested}}}""")).Status);
    }

    [Fact]
    public async Task Post_BodyOf1MiB_Answers200()
    {
        string start = """{"user_key":"u","env":"prod","other":" """;
        string json = $"{start}{new string('x', RequestBody.MaxBytes - start.Length - 2)}\"}}";
        Assert.Equal(RequestBody.MaxBytes, json.Length);
        Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync(json)).Status);
        (await _server.PostAsync(json + " ")).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "The body is larger than 1048576 bytes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyOf10MB_Answers413AndTheConnectionLives(bool isChunked)
    {
        for (int i = 0; i < 3; i++)
        {
            var content = new ByteArrayContent(new byte[10_000_000]);
            content.Headers.ContentType = new("application/json");
            content.Headers.ContentLength = isChunked ? null : 10_000_000;
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server.Url}/api/decide") { Content = content };
            request.Headers.TransferEncodingChunked = isChunked;
            using var http = new HttpClient();
            using HttpResponseMessage response = await http.SendAsync(request);
            (await Answer.ReadAsync(response)).AssertProblem(
                HttpStatusCode.RequestEntityTooLarge, "The body is larger than 1048576 bytes");
            using HttpResponseMessage next = await http.GetAsync(new Uri($"{_server.Url}/decide?user_key=u&env=prod"));
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("application/json; charset=\"UTF-8\"", HttpStatusCode.OK)]
    [InlineData("application/vnd.x+json", HttpStatusCode.OK)]
    [InlineData("APPLICATION/JSON", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_ContentType_MustBeJson(string contentType, HttpStatusCode status) =>
        Assert.Equal(status, (await _server.PostAsync("""{"user_key":"u","env":"prod"}""", contentType)).Status);

    [Fact]
    public async Task Post_WithoutContentType_Answers415ThatSaysWhatToSend()
    {
        Answer answer = await _server.SendAsync(HttpMethod.Post, "/decide", new ByteArrayContent([]));
        answer.AssertProblem(
            HttpStatusCode.UnsupportedMediaType, "The body of POST /decide must be JSON in UTF-8, sent with Content-Type: application/json");
    }
}
