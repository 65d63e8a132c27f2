using System.Net;
using System.Security.Cryptography;
using System.Text;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class SnapshotFilesTests(PublishedServer published) : IClassFixture<PublishedServer>
{
    private ApiClient Api => Server.Api;

    private ControlServer Server => published.Server;

    [Theory]
    [InlineData("version.json")]
    [InlineData("snapshots/latest.json")]
    [InlineData("snapshots/1.json")]
    public async Task Get_PublishedObject_AnswersItsBytes(string file)
    {
        ExperimentScenario scenario = published.Scenario;

        Answer answer = (await Api.GetAsync($"/configs/{scenario.EnvironmentName}/{file}")).Expect(HttpStatusCode.OK);

        string path = Path.Combine(Server.SnapshotDirectory, "configs", scenario.EnvironmentName, file);
        Assert.Equal(await File.ReadAllBytesAsync(path), answer.Body);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Body))}\"", answer.Header("ETag"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("ETag", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnderApiPrefix_AnswersTheSame()
    {
        ExperimentScenario scenario = published.Scenario;

        Answer answer = (await Api.GetAsync($"/api/configs/{scenario.EnvironmentName}/version.json?x=1")).Expect(HttpStatusCode.OK);

        Assert.Equal(1, answer["version"].GetInt32());
    }

    [Fact]
    public async Task Get_ImmutableObject_MayBeCachedForEver()
    {
        ExperimentScenario scenario = published.Scenario;

        Answer answer = await Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/1.json");

        Assert.Contains("immutable", answer.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version.json")]
    [InlineData("snapshots/latest.json")]
    public async Task Get_ObjectThatIsReplaced_MustBeAskedForAgain(string file)
    {
        ExperimentScenario scenario = published.Scenario;

        Answer answer = await Api.GetAsync($"/configs/{scenario.EnvironmentName}/{file}");

        Assert.Equal("no-cache", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Get_CurrentETag_Answers304WithoutABody()
    {
        ExperimentScenario scenario = published.Scenario;
        string path = $"/configs/{scenario.EnvironmentName}/version.json";
        string etag = (await Api.GetAsync(path)).Header("ETag")!;

        Answer answer = await GetAsync(path, etag);

        Assert.Equal(HttpStatusCode.NotModified, answer.Status);
        Assert.Empty(answer.Body);
        Assert.Equal(etag, answer.Header("ETag"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Get_ETagOfAnOlderVersion_AnswersTheNewOne()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        string path = $"/configs/{scenario.EnvironmentName}/version.json";
        string etag = (await Api.GetAsync(path)).Header("ETag")!;
        await Api.MoveAsync(scenario.ExperimentId, "PAUSED");

        Answer answer = await GetAsync(path, etag);

        Assert.Equal(2, answer.Expect(HttpStatusCode.OK)["version"].GetInt32());
    }

    [Fact]
    public async Task Head_PublishedObject_AnswersTheHeadersOnly()
    {
        ExperimentScenario scenario = published.Scenario;
        string path = $"/configs/{scenario.EnvironmentName}/snapshots/1.json";
        Answer full = await Api.GetAsync(path);

        Answer head = (await Api.SendAsync(HttpMethod.Head, path)).Expect(HttpStatusCode.OK);

        Assert.Empty(head.Body);
        foreach (string header in new[] { "ETag", "Content-Length", "Content-Type", "Cache-Control", "Access-Control-Allow-Origin" })
        {
            Assert.Equal(full.Header(header), head.Header(header));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task Head_Events_AnswersTheHeadersOnlyAndEnds(string prefix)
    {
        string path = $"{prefix}/configs/{published.Scenario.EnvironmentName}/events";
        using HttpResponseMessage listening = await Api.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Answer head = (await Api.SendAsync(HttpMethod.Head, path).WaitAsync(TimeSpan.FromSeconds(20))).Expect(HttpStatusCode.OK);

        Assert.Empty(head.Body);
        Assert.Equal("text/event-stream", head.ContentType);
        Assert.Equal(listening.Content.Headers.ContentType?.ToString(), head.Header("Content-Type"));
        foreach (string header in new[] { "Cache-Control", "X-Accel-Buffering", "Access-Control-Allow-Origin" })
        {
            Assert.Equal(listening.Headers.NonValidated[header].ToString(), head.Header(header));
        }
    }

    [Theory]
    [InlineData("my env", "my%20env")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a/b/c", "a%2fb%2fc")]
    [InlineData("..", "%2E%2E")]
    [InlineData(".", "%2e")]
    [InlineData("\u00fcn\u00ef", "%C3%BCn%C3%AF")]
    [InlineData("100%", "100%25")]
    [InlineData("a%2Fc", "a%252Fc")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("a+b", "a+b")]
    [InlineData("~._-", "~._-")]
    [InlineData("\ud83e\uddea", "%F0%9F%A7%AA")]
    public async Task Get_OddName_IsFoundByItsEscapedForm(string name, string escaped)
    {
        await PublishAsync(name);

        Answer pointer = (await RawHttp.GetAsync(Server.Url, $"/configs/{escaped}/version.json")).Expect(HttpStatusCode.OK);
        Answer latest = (await RawHttp.GetAsync(Server.Url, $"/configs/{escaped}/snapshots/latest.json")).Expect(HttpStatusCode.OK);

        Assert.Equal(1, pointer["version"].GetInt32());
        Assert.Equal(name, latest["environment"].GetString());
    }

    [Fact]
    public async Task Get_NameOfTwoDotsUnescaped_IsTheEnvironmentOfThatName()
    {
        await PublishAsync("...");

        (await RawHttp.GetAsync(Server.Url, "/configs/.../version.json")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/configs/nobody/version.json")]
    [InlineData("/configs/nobody/snapshots/latest.json")]
    [InlineData("/configs/ENV/snapshots/2.json")]
    [InlineData("/configs/ENV/snapshots/-1.json")]
    [InlineData("/configs/ENV/snapshots/01.json")]
    [InlineData("/configs/ENV/snapshots/+1.json")]
    [InlineData("/configs/ENV/snapshots/1.json.tmp")]
    [InlineData("/configs/ENV/snapshots/99999999999999999999.json")]
    [InlineData("/configs/ENV/snapshots/")]
    [InlineData("/configs/ENV/snapshots")]
    [InlineData("/configs/ENV/.publish.lock")]
    [InlineData("/configs/ENV/")]
    [InlineData("/configs/ENV")]
    [InlineData("/configs/")]
    [InlineData("/configs//version.json")]
    [InlineData("/configs/ENV//version.json")]
    [InlineData("/configs/ENV/version.json/")]
    [InlineData("/configs/ENV/VERSION.json")]
    [InlineData("/configs/../experiments.db")]
    [InlineData("/configs/ENV/../../../experiments.db")]
    [InlineData("/configs/ENV/snapshots/../version.json")]
    [InlineData("/configs/ENV/snapshots/..%2Fversion.json")]
    [InlineData("/configs/..%2F..%2Fexperiments.db/version.json")]
    [InlineData("/configs/..%2Fconfigs%2FENV/version.json")]
    [InlineData("/configs/%2E%2E/%2E%2E/experiments.db")]
    [InlineData("/configs/..\\ENV/version.json")]
    [InlineData("/configs/%01/version.json")]
    [InlineData("/configs/ENV/snapshots/0.json")]
    [InlineData("/configs/ENV/snapshots/.json")]
    [InlineData("/configs/ENV/snapshots/.js")]
    [InlineData("/configs/%FF/version.json")]
    [InlineData("/configs/12345678901234567890123456789012345678901234567890123456789012345/version.json")]
    [InlineData("/CONFIGS/ENV/version.json")]
    public async Task Get_WhatIsNoPublishedObject_Answers404(string target)
    {
        ExperimentScenario scenario = published.Scenario;

        Answer answer = await RawHttp.GetAsync(Server.Url, target.Replace("ENV", scenario.EnvironmentName, StringComparison.Ordinal));

        answer.ExpectProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_Missing_CarriesTheCorsHeaderToo()
    {
        Answer answer = await Api.GetAsync("/configs/nobody/version.json");

        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task AnyWrite_Answers405AndChangesNothing(string method)
    {
        ExperimentScenario scenario = published.Scenario;
        string path = $"/configs/{scenario.EnvironmentName}/version.json";
        byte[] before = (await Api.GetAsync(path)).Body;

        Answer answer = await Api.SendAsync(new HttpMethod(method), path, method == "DELETE" ? null : "{}");

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed);
        Assert.Contains("GET", answer.Header("Allow"), StringComparison.Ordinal);
        Assert.Equal(before, (await Api.GetAsync(path)).Body);
    }

    [Fact]
    public async Task Options_Preflight_AllowsConditionalReads()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/configs/prod/version.json")
        {
            Headers =
            {
                { "Origin", "https://shop.example" },
                { "Access-Control-Request-Method", "GET" },
                { "Access-Control-Request-Headers", "if-none-match" },
            },
        };

        Answer answer = (await Api.SendAsync(request)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("GET", answer.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("If-None-Match", answer.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_LongName_IsRefusedByTheDirectoryWithAReason()
    {
        string name = new('\u00fc', 64);
        Answer environment = await Api.CreateEnvironmentAsync(name);
        Answer experiment = await Api.CreateExperimentAsync(environment.Id);

        string error = (await Api.PostAsync($"/experiments/{experiment.Id}/publish")).ExpectProblem(HttpStatusCode.ServiceUnavailable);

        Assert.Contains("255", error, StringComparison.Ordinal);
        (await RawHttp.GetAsync(Server.Url, $"/configs/{Uri.EscapeDataString(name)}/version.json")).ExpectProblem(HttpStatusCode.NotFound);
    }

    private async Task PublishAsync(string name)
    {
        Answer environment = await Api.CreateEnvironmentAsync(name);
        Answer experiment = await Api.CreateExperimentAsync(environment.Id);
        (await Api.PostAsync($"/experiments/{experiment.Id}/publish")).Expect(HttpStatusCode.OK);
    }

    private async Task<Answer> GetAsync(string path, string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", etag } } };
        return await Api.SendAsync(request);
    }
}
