using System.Net;
using System.Text.Json;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests;

public sealed class DecideGetTests : IAsyncLifetime
{
    private readonly SnapshotStore _store = new();
    private DecideServer _server = null!;

    public async Task InitializeAsync()
    {
        _store.Publish("prod", 1);
        _store.Publish("a b+c", 2);
        _store.Publish("grün", 3);
        _server = await DecideServer.StartAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Get_PublishedEnvironment_AnswersTheContractsBytes()
    {
        Answer answer = await _server.GetAsync("/decide?user_key=user-123&env=prod");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal(answer.Body.Length.ToString(), answer.Headers["Content-Length"]);
        Assert.False(answer.Headers.ContainsKey("Server"));
        Assert.Equal(
            """{"user_key":"user-123","environment":"prod","config_version":1,"assignments":[{"experiment_key":"everyone","experiment_id":"e1","variant_key":"on","variant_id":"v1"}]}""",
            answer.Text);
    }

    [Theory]
    [InlineData("/decide")]
    [InlineData("/api/decide")]
    public async Task Get_AtTheRootAndUnderApi_Answers(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync($"{path}?user_key=u&env=prod")).Status);

    [Theory]
    [InlineData("", "user_key is missing")]
    [InlineData("?", "user_key is missing")]
    [InlineData("?env=prod", "user_key is missing")]
    [InlineData("?user_key&env=prod", "user_key is empty")]
    [InlineData("?user_key=&env=prod", "user_key is empty")]
    [InlineData("?user_key=a&user_key=a&env=prod", "user_key is given more than once")]
    [InlineData("?user_key=a&user%5Fkey=b&env=prod", "user_key is given more than once")]
    [InlineData("?user_key=&user_key=a&env=prod", "user_key is given more than once")]
    [InlineData("?User_Key=a&env=prod", "user_key is missing")]
    [InlineData("?user_key=a", "env is missing")]
    [InlineData("?user_key=a&env=", "env is empty")]
    [InlineData("?user_key=a&env=prod&env=nope", "env is given more than once")]
    [InlineData("?user_key=a&env=nope&context=[1]", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=null", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=%22text%22", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=1", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=%7B", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=+", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=%7B%7D%7B%7D", "Invalid context JSON")]
    [InlineData("?user_key=a&env=prod&context=%7B%7D&context=%7B%7D", "context is given more than once")]
    [InlineData("?user_key=%ff&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=%ed%a0%80&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=%c0%80&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=%zz&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=100%&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=%4&env=prod", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=a&env=%e4", "env has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=a&env=prod&context=%7B%22a%22:%22%ff%22%7D", "context has percent-escapes that are not UTF-8")]
    public async Task Get_BadQuery_Answers400ThatSaysWhat(string query, string error) =>
        (await _server.GetAsync($"/decide{query}")).AssertProblem(HttpStatusCode.BadRequest, error);

    [Theory]
    [InlineData("?user_key=a&env=prod&context=")]
    [InlineData("?user_key=a&env=prod&context")]
    [InlineData("?user_key=a&env=prod&context=%7B%7D")]
    [InlineData("?user_key=a&env=prod&context=+%7B+%7D+")]
    [InlineData("?user_key=a&env=prod&other=%zz&&=&x=1&x=2")]
    [InlineData("?&env=prod&user_key=a&")]
    [InlineData("?env=%70rod&%75ser_key=a")]
    public async Task Get_GoodQuery_Answers200(string query) =>
        Assert.Equal("a", (await _server.GetAsync($"/decide{query}")).Json.GetProperty("user_key").GetString());

    [Theory]
    [InlineData("a+b", "a b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("a%252Bb", "a%2Bb")]
    [InlineData("a=b==", "a=b==")]
    [InlineData("gr%c3%bcn%F0%9F%99%82", "grün🙂")]
    [InlineData("%22%5C%0A%00%7f", "\"\\\n\0\x7f")]
    [InlineData("+", " ")]
    [InlineData("a;b", "a;b")]
    public async Task Get_EncodedUserKey_IsDecodedOnce(string encoded, string userKey) =>
        Assert.Equal(userKey, (await _server.GetAsync($"/decide?user_key={encoded}&env=prod")).Json.GetProperty("user_key").GetString());

    [Theory]
    [InlineData("a+b%2Bc", "a b+c", 2)]
    [InlineData("gr%C3%BCn", "grün", 3)]
    public async Task Get_EncodedEnvironment_IsFound(string encoded, string environment, long version)
    {
        JsonElement json = (await _server.GetAsync($"/decide?user_key=u&env={encoded}")).Json;
        Assert.Equal(environment, json.GetProperty("environment").GetString());
        Assert.Equal(version, json.GetProperty("config_version").GetInt64());
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("PROD")]
    [InlineData("prod ")]
    [InlineData("..")]
    [InlineData("../prod")]
    [InlineData("a\tb")]
    [InlineData("\"")]
    public async Task Get_UnpublishedEnvironment_Answers503ThatNamesIt(string environment) =>
        (await _server.DecideAsync(environment)).AssertProblem(
            HttpStatusCode.ServiceUnavailable, $"No config available for environment \"{environment}\"");

    [Fact]
    public async Task Get_TooLongEnvironment_Answers503WithoutTouchingTheStore()
    {
        string environment = new('e', 65);
        _store.Publish(environment, 1);
        (await _server.DecideAsync(environment)).AssertProblem(
            HttpStatusCode.ServiceUnavailable, $"No config available for environment \"{environment}\"");
        Assert.Equal((0, 0), _server.Environments.Counts);
    }

    [Fact]
    public async Task Get_RequestLineOf64KiB_Answers()
    {
        const string Before = "GET /decide?env=prod&user_key=";
        const string After = " HTTP/1.1\r\n";
        string userKey = new('k', (64 * 1024) - Before.Length - After.Length);
        Answer answer = await _server.GetAsync($"/decide?env=prod&user_key={userKey}");
        Assert.Equal(userKey, answer.Json.GetProperty("user_key").GetString());
    }

    [Fact]
    public async Task Get_Context_IsTargetedBy()
    {
        _store.Publish("targeted", 1, """
            {"id":"e1","key":"us","salt":"s1","audienceRules":[],
             "targetingRules":[{"conditions":[{"attribute":"user.country","operator":"eq","value":"US"}]}],
             "variants":[{"id":"v1","key":"on"}],"allocations":[{"variantId":"v1","rangeStart":0,"rangeEnd":9999}]}
            """);
        Assert.Equal(1, await AssignmentsAsync("""{"user":{"country":"US"}}"""));
        Assert.Equal(1, await AssignmentsAsync("""{"user":{"country":"DE"},"user":{"country":"US"}}"""));
        Assert.Equal(0, await AssignmentsAsync("""{"user":{"country":"DE"}}"""));
        Assert.Equal(0, await AssignmentsAsync(""));

        async Task<int> AssignmentsAsync(string context) =>
            (await _server.DecideAsync("targeted", context: context)).Json.GetProperty("assignments").GetArrayLength();
    }

    [Fact]
    public async Task Get_Payloads_AreAsPublished()
    {
        _store.Publish("payloads", 1, string.Join(',', Experiment("absent", ""), Experiment("null", ",\"payload\":null"),
            Experiment("object", ",\"payload\":{\"n\":1.0, \"big\":12345678901234567890,\"u\":\"\\ud800\",\"e\":1e400}")));
        Answer answer = await _server.DecideAsync("payloads");
        Assert.Contains("\"variant_id\":\"v-absent\"},{", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"variant_id\":\"v-null\",\"payload\":null},{", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith(
            "\"variant_id\":\"v-object\",\"payload\":{\"n\":1.0, \"big\":12345678901234567890,\"u\":\"\\ud800\",\"e\":1e400}}]}",
            answer.Text,
            StringComparison.Ordinal);

        static string Experiment(string key, string payload) => $$"""
            {"id":"{{key}}","key":"{{key}}","salt":"s","audienceRules":[],"targetingRules":[],
             "variants":[{"id":"v-{{key}}","key":"on"{{payload}}}],"allocations":[{"variantId":"v-{{key}}","rangeStart":0,"rangeEnd":9999}]}
            """;
    }

    [Fact]
    public async Task Get_NoAssignments_AnswersAnEmptyList()
    {
        _store.Publish("empty", 1, "");
        Assert.Equal(
            """{"user_key":"user-123","environment":"empty","config_version":1,"assignments":[]}""", (await _server.DecideAsync("empty")).Text);
    }

    [Fact]
    public async Task Get_AnyRequest_LogsNeitherUserKeyNorContext()
    {
        await _server.DecideAsync("prod", "secret-key", """{"mail":"secret-mail"}""");
        await _server.DecideAsync("nope", "secret-key", """{"mail":"secret-mail"}""");
        await _server.DecideAsync("prod", "secret-key", "secret-mail");
        await _server.PostAsync("""{"user_key":"secret-key","env":"prod","context":{"mail":"secret-mail"}}""");
        Assert.Contains("loaded snapshot version 1", _server.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _server.LogText, StringComparison.Ordinal);
    }
}
