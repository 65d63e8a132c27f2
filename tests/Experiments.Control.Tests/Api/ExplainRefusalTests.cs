using System.Net;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class ExplainRefusalTests(PublishedServer published) : IClassFixture<PublishedServer>
{
    private ApiClient Api => published.Server.Api;

    [Theory]
    [InlineData("?env=e&key=k", "user_key is missing")]
    [InlineData("?user_key=&env=e&key=k", "user_key is empty")]
    [InlineData("?user_key=a&user_key=b&env=e&key=k", "user_key is given more than once")]
    [InlineData("?user_key=a&user%5Fkey=b&env=e&key=k", "user_key is given more than once")]
    [InlineData("?user_key=%ff&env=e&key=k", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=%2&env=e&key=k", "user_key has percent-escapes that are not UTF-8")]
    [InlineData("?user_key=u&key=k", "env is missing")]
    [InlineData("?user_key=u&env=&key=k", "env is empty")]
    [InlineData("?user_key=u&env=e", "key is missing")]
    [InlineData("?user_key=u&env=e&key=", "key is empty")]
    [InlineData("?user_key=u&env=e&key=k&context=%5B1%5D", "Invalid context JSON")]
    [InlineData("?user_key=u&env=e&key=k&context=null", "Invalid context JSON")]
    [InlineData("?user_key=u&env=e&key=k&context=%7B", "Invalid context JSON")]
    [InlineData("?user_key=u&env=e&key=k&context=%7B%7D&context=%7B%7D", "context is given more than once")]
    [InlineData("?user_key=u&env=e&key=k&version=-1", "version must be a version, live or draft, not \"-1\"")]
    [InlineData("?user_key=u&env=e&key=k&version=newest", "version must be a version, live or draft, not \"newest\"")]
    public async Task Explain_BadQuery_Is400(string query, string expected) =>
        Assert.Equal(expected, (await RawHttp.GetAsync(published.Server.Url, "/explain" + query)).ExpectProblem(HttpStatusCode.BadRequest));

    [Theory]
    [InlineData("""{"env":"e","key":"k"}""", "user_key is missing")]
    [InlineData("""{"user_key":"","env":"e","key":"k"}""", "user_key is empty")]
    [InlineData("""{"user_key":1,"env":"e","key":"k"}""", "user_key must be a string")]
    [InlineData("""{"user_key":"a","user_key":"b","env":"e","key":"k"}""", "user_key is given more than once")]
    [InlineData("""{"user_key":"u","key":"k"}""", "env is missing")]
    [InlineData("""{"user_key":"u","env":"e"}""", "key is missing")]
    [InlineData("""{"user_key":"u","env":"e","key":"k","context":[]}""", "Invalid context JSON")]
    [InlineData("""{"user_key":"u","env":"e","key":"k","context":{},"context":{}}""", "context is given more than once")]
    [InlineData("""{"user_key":"u","env":"e","key":"k","version":1.5}""", "version must be a version, live or draft, not \"1.5\"")]
    [InlineData("""{"user_key":"u","env":"e","key":"k","version":true}""", "version must be a string")]
    [InlineData("[]", "The body is not a JSON object")]
    [InlineData("", "The body is empty")]
    [InlineData("{\n\"a\"}", "The body is not valid JSON: see line 2, byte 4")]
    public async Task Explain_BadBody_Is400(string body, string expected) =>
        Assert.Equal(expected, (await Api.PostAsync("/explain", body)).ExpectProblem(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Explain_BodyOfAnotherType_Is415()
    {
        using var content = new StringContent("{}");
        (await Api.SendAsync(HttpMethod.Post, "/explain", content)).ExpectProblem(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Explain_LargeBody_Is413() =>
        (await Api.PostAsync("/explain", $"\"{new string('x', 1024 * 1024)}\"")).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Explain_EmptyContextAndVersion_CountAsAbsent()
    {
        ExperimentScenario scenario = published.Scenario;
        string query = $"/explain?user_key=u&env={scenario.EnvironmentName}&key={scenario.Key}&context=&version=";
        (await Api.GetAsync(query)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Explain_UnknownThings_Are404AndNamed()
    {
        ExperimentScenario scenario = published.Scenario;
        string environment = scenario.EnvironmentName;
        string empty = (await Api.CreateEnvironmentAsync())["name"].GetString()!;

        Assert.Equal(
            "There is no environment named \"nowhere\"",
            (await Api.ExplainAsync("nowhere", "u", scenario.Key)).ExpectProblem(HttpStatusCode.NotFound));
        Assert.Equal(
            $"There is no version 77 of environment \"{environment}\"",
            (await Api.ExplainAsync(environment, "u", scenario.Key, version: "77")).ExpectProblem(HttpStatusCode.NotFound));
        Assert.Equal(
            $"There is no flag or experiment \"nothing\" in version 1 of environment \"{environment}\"",
            (await Api.ExplainAsync(environment, "u", "nothing")).ExpectProblem(HttpStatusCode.NotFound));
        Assert.Equal(
            $"There is no flag or experiment \"nothing\" in the draft of environment \"{environment}\"",
            (await Api.ExplainAsync(environment, "u", "nothing", version: "draft")).ExpectProblem(HttpStatusCode.NotFound));
        Assert.Equal(
            $"Nothing is published of environment \"{empty}\"",
            (await Api.ExplainAsync(empty, "u", "nothing")).ExpectProblem(HttpStatusCode.NotFound));
    }
}
