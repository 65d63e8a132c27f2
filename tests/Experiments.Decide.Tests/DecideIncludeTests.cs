using System.Net;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests;

/// <summary>What callers may write as <c>include</c>, and what they get without it.</summary>
public sealed class DecideIncludeTests : IAsyncLifetime
{
    private const string Head = """
        {"user_key":"u","environment":"prod","config_version":1,"assignments":[{"experiment_key":"everyone","experiment_id":"e1","variant_key":"on","variant_id":"v1"}]
        """;

    private const string WithoutFlags = Head + "}";

    private const string WithFlags = Head + """
        ,"flags":[{"key":"nav","variant":"on","value":true,"reason":"STATIC","rule":"all"}]}
        """;

    private readonly SnapshotStore _store = new();
    private DecideServer _server = null!;

    public async Task InitializeAsync()
    {
        _store.PublishFlags(
            "prod", 1, """{"key":"nav","variants":{"on":true},"rules":[{"id":"all","serve":"on"}]}""", SnapshotStore.Everyone);
        _store.Publish("old", 1);
        _store.Publish("none", 1, "");
        _server = await DecideServer.StartAsync(_store);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&include")]
    [InlineData("&include=")]
    [InlineData("&include=,")]
    [InlineData("&Include=flags")]
    [InlineData("&includes=flags")]
    public async Task Get_NothingIncluded_AnswersTheBytesOfFormat1(string include) =>
        AssertAnswer(WithoutFlags, await _server.GetAsync($"/decide?user_key=u&env=prod{include}"));

    [Theory]
    [InlineData("")]
    [InlineData(""","include":"" """)]
    [InlineData(""","include":[]""")]
    [InlineData(""","include":["",""]""")]
    [InlineData(""","Include":["flags"]""")]
    public async Task Post_NothingIncluded_AnswersTheBytesOfFormat1(string include) =>
        AssertAnswer(WithoutFlags, await _server.PostAsync($$"""{"user_key":"u","env":"prod"{{include}}}"""));

    [Theory]
    [InlineData("include=flags")]
    [InlineData("include=flags,flags")]
    [InlineData("include=,flags,")]
    [InlineData("include=%66lags%2Cflags")]
    [InlineData("%69nclude=flags")]
    [InlineData("include=flags&context=%7B%7D")]
    public async Task Get_FlagsIncluded_AnswersThemAfterTheAssignments(string include)
    {
        AssertAnswer(WithFlags, await _server.GetAsync($"/decide?{include}&user_key=u&env=prod"));
        AssertAnswer(WithFlags, await _server.GetAsync($"/api/decide?user_key=u&env=prod&{include}"));
    }

    [Theory]
    [InlineData("""["flags"]""")]
    [InlineData("""["flags","","flags"]""")]
    [InlineData("""[ "fl\u0061gs" ]""")]
    [InlineData("\"flags\"")]
    [InlineData("\",flags,flags\"")]
    public async Task Post_FlagsIncluded_AnswersThemAfterTheAssignments(string include)
    {
        AssertAnswer(WithFlags, await _server.PostAsync($$"""{"user_key":"u","env":"prod","include":{{include}}}"""));
        AssertAnswer(WithFlags, await _server.PostAsync($$"""{"include":{{include}},"context":{},"user_key":"u","env":"prod"}"""));
    }

    [Theory]
    [InlineData("include=flags&include=flags", "include is given more than once")]
    [InlineData("include=&include=", "include is given more than once")]
    [InlineData("include=flags&%69nclude=flags", "include is given more than once")]
    [InlineData("include=Flags", "include has no part \"Flags\", only flags")]
    [InlineData("include=flags,+flags", "include has no part \" flags\", only flags")]
    [InlineData("include=flags,assignments,x", "include has no part \"assignments\", only flags")]
    [InlineData("include=[%22flags%22]", "include has no part \"[\"flags\"]\", only flags")]
    [InlineData("include=%ff", "include has percent-escapes that are not UTF-8")]
    [InlineData("include=flags%2", "include has percent-escapes that are not UTF-8")]
    [InlineData("include=x&context=1", "Invalid context JSON")]
    public async Task Get_BadInclude_Answers400ThatSaysWhat(string include, string error)
    {
        (await _server.GetAsync($"/decide?user_key=u&env=prod&{include}")).AssertProblem(HttpStatusCode.BadRequest, error);
        AssertAnswer(WithoutFlags, await _server.GetAsync("/decide?user_key=u&env=prod"));
    }

    [Theory]
    [InlineData("null", "include must be a string or an array of strings")]
    [InlineData("true", "include must be a string or an array of strings")]
    [InlineData("1", "include must be a string or an array of strings")]
    [InlineData("""{"flags":["flags"]}""", "include must be a string or an array of strings")]
    [InlineData("[null]", "include[0] must be a string")]
    [InlineData("""["flags",["flags",[]],{"a":1}]""", "include[1] must be a string")]
    [InlineData("""["flags","flags",{"a":[1]},"x"]""", "include[2] must be a string")]
    [InlineData("""["x",1]""", "include has no part \"x\", only flags")]
    [InlineData("""["flags,flags"]""", "include has no part \"flags,flags\", only flags")]
    [InlineData("\"flags,x\"", "include has no part \"x\", only flags")]
    [InlineData("""["flags"],"include":["flags"]""", "include is given more than once")]
    [InlineData("""[],"include":[1]""", "include is given more than once")]
    [InlineData("""[1],"user_key":1""", "include[0] must be a string")]
    [InlineData("""["flags" """, "The body is not valid JSON: see line 1, byte 49")]
    public async Task Post_BadInclude_Answers400ThatSaysWhat(string include, string error)
    {
        (await _server.PostAsync($$"""{"user_key":"u","env":"prod","include":{{include}}}""")).AssertProblem(HttpStatusCode.BadRequest, error);
        AssertAnswer(WithoutFlags, await _server.PostAsync("""{"user_key":"u","env":"prod"}"""));
    }

    [Fact]
    public async Task Post_LoneSurrogateAsName_IsQuotedAsEscape()
    {
        Answer answer = await _server.PostAsync("""{"user_key":"u","env":"prod","include":["\ud800"]}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(""" "error":"include has no part \"\ud800\", only flags" """.Trim(), answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LongName_IsQuotedInPart()
    {
        string name = new('n', 100_000);
        (await _server.PostAsync($$"""{"user_key":"u","env":"prod","include":["{{name}}"]}""")).AssertProblem(
            HttpStatusCode.BadRequest, $"include has no part \"{name[..64]}...\", only flags");
    }

    [Fact]
    public async Task Get_UnpublishedEnvironmentWithFlags_Answers503() =>
        (await _server.GetAsync("/decide?user_key=u&env=nope&include=flags")).AssertProblem(
            HttpStatusCode.ServiceUnavailable, "No config available for environment \"nope\"");

    [Fact]
    public async Task Get_SnapshotOfFormat1_HasNoFlags()
    {
        AssertAnswer(
            Head.Replace("prod", "old", StringComparison.Ordinal) + ",\"flags\":[]}",
            await _server.GetAsync("/decide?user_key=u&env=old&include=flags"));
        AssertAnswer(
            """{"user_key":"u","environment":"none","config_version":1,"assignments":[],"flags":[]}""",
            await _server.GetAsync("/decide?user_key=u&env=none&include=flags"));
    }

    private static void AssertAnswer(string text, Answer answer)
    {
        Assert.Equal(text, answer.Text);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal(answer.Body.Length.ToString(), answer.Headers["Content-Length"]);
    }
}
