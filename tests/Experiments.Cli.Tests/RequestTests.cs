using Experiments.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Cli.Tests;

/// <summary>What is sent, byte by byte, and what is made of answers that a healthy server gives only in a race.</summary>
public sealed class RequestTests : IDisposable
{
    private const string OneChange = """{"dryRun":true,"applied":false,"changes":[{"kind":"flag"}],"text":"Flag \"nav\": turned off."}""";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Apply_SendsTheFileTwiceAndWhatItWasShownFor()
    {
        string path = _directory.PathOf("a.yml");
        await File.WriteAllTextAsync(path, "flags: {nav: ü}\n");
        await using CannedServer server = await CannedServer.StartAsync((context, _) =>
        {
            context.Response.Headers.ETag = "\"7\"";
            return CannedServer.WriteJsonAsync(context, OneChange);
        });
        (await new CliTool(server.Url, "prod").RunAsync("apply", "-f", path, "--prune", "--yes", "--reason", "because")).Ends(0);
        CannedRequest[] sent = [.. server.Requests.Where(static request => request.Method == "POST")];
        Assert.Equal(["/api/environments/e1/apply?dryRun=true&prune=true", "/api/environments/e1/apply?prune=true"], sent.Select(static request => request.Target));
        Assert.All(sent, static request => Assert.Equal("flags: {nav: ü}\n", request.Body));
        Assert.All(sent, static request => Assert.Equal("application/yaml; charset=utf-8", request.Header("Content-Type")));
        Assert.Equal([null, "\"7\""], sent.Select(static request => request.Header("If-Match")));
        Assert.Equal("because", sent[1].Header("x-reason"));
        Assert.NotEmpty(sent[1].Header("x-actor")!);
    }

    [Fact]
    public async Task Apply_ChangedInTheMeantime_EndsWith4()
    {
        string path = _directory.PathOf("a.json");
        await File.WriteAllTextAsync(path, "{}");
        await using CannedServer server = await CannedServer.StartAsync((context, request) =>
        {
            context.Response.Headers.ETag = "\"7\"";
            return request.Header("If-Match") is null
                ? CannedServer.WriteJsonAsync(context, OneChange)
                : CannedServer.WriteJsonAsync(context, """{"error":"It is at 8."}""", 412);
        });
        CliResult result = (await new CliTool(server.Url, "prod").RunAsync("apply", "-f", path, "--yes")).Ends(4);
        Assert.Contains("changed in the meantime", result.Error, StringComparison.Ordinal);
        Assert.Contains("It is at 8.", result.Error, StringComparison.Ordinal);
        Assert.Equal("Flag \"nav\": turned off.", result.Out);
    }

    [Theory]
    [InlineData("""{"to":"e2","dryRun":true}""")]
    [InlineData("""{"to":"e2","flags":["x","y"],"experiments":[],"dryRun":true}""", "--flag", "x", "--flag", "y")]
    [InlineData("""{"to":"e2","flags":["x"],"experiments":["z"],"dryRun":true}""", "--flag", "x", "--experiment", "z")]
    public async Task Promote_SendsWhatWasNamed(string body, params string[] options)
    {
        await using CannedServer server = await CannedServer.StartAsync(static (context, _) => CannedServer.WriteJsonAsync(context, OneChange));
        (await new CliTool(server.Url, "prod").RunAsync(["promote", "--to", "b", "--dry-run", .. options])).Ends(0);
        CannedRequest sent = server.Requests.Single(static request => request.Method == "POST");
        Assert.Equal("/api/environments/e1/promote", sent.Target);
        Assert.Equal(body, sent.Body);
    }

    [Fact]
    public async Task Explain_SendsKeyUserContextAndVersion()
    {
        await using CannedServer server = await CannedServer.StartAsync(static (context, _) => CannedServer.WriteJsonAsync(context, """{"text":"a\nb"}"""));
        CliResult result = (await new CliTool(server.Url, "prod").RunAsync("explain", "k&", "ü user", "-c", "{ \"a\": 1 }", "--version", "3")).Ends(0);
        Assert.Equal(["a", "b"], result.OutLines);
        Assert.Equal("/api/explain?env=prod&key=k%26&user_key=%C3%BC%20user&context=%7B%22a%22%3A1%7D&version=3", Assert.Single(server.Requests).Target);
    }
}
