using System.Net.Sockets;
using Experiments.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Cli.Tests;

/// <summary>What a server, a proxy or the network does to a command: a message, the right exit code, and nothing on standard output.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Command_NobodyListens_EndsWith3()
    {
        CliResult result = (await new CliTool($"http://127.0.0.1:{FreePort.Next()}", "prod").RunAsync("list", "flags")).Ends(3);
        Assert.StartsWith("cannot reach http://127.0.0.1:", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
        (await new CliTool("http://no-such-host.invalid", "prod").RunAsync("list", "flags")).Ends(3);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(502)]
    public async Task Command_AProxyAnswersHtml_EndsWith3(int status)
    {
        await using CannedServer server = await CannedServer.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><script>alert(1)</script></html>");
        });
        foreach (string[] arguments in new[] { new[] { "list", "flags" }, ["export"], ["flag", "on", "nav"] })
        {
            CliResult result = (await new CliTool(server.Url, "prod").RunAsync(arguments)).Ends(3);
            Assert.Contains($"answered {status} (text/html)", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Out);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"data\":[")]
    [InlineData("nonsense")]
    public async Task Command_AnAnswerIsCutOff_EndsWith3(string body)
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) => CannedServer.WriteJsonAsync(context, body));
        (await new CliTool(server.Url, "prod").RunAsync("list", "flags")).Ends(3);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"data":[7,null,[],{"key":7,"tags":"x","variants":3}],"pagination":{"totalPages":"many"}}""")]
    public async Task List_AnswersOfOtherTypes_AreNoStackTrace(string body)
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) => CannedServer.WriteJsonAsync(context, body));
        (await new CliTool(server.Url, "prod").RunAsync("list", "flags")).Ends(0);
        (await new CliTool(server.Url, "prod").RunAsync("decide", "u")).Ends(0);
    }

    [Fact]
    public async Task Command_ARedirect_IsNotFollowed()
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) =>
        {
            context.Response.Redirect("https://sign-in.example/");
            return Task.CompletedTask;
        });
        CliResult result = (await new CliTool(server.Url, "prod").RunAsync("list", "flags")).Ends(3);
        Assert.Contains("https://sign-in.example/", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(404, 1)]
    [InlineData(422, 1)]
    [InlineData(500, 1)]
    [InlineData(503, 1)]
    [InlineData(409, 4)]
    [InlineData(412, 4)]
    [InlineData(502, 3)]
    public async Task Command_TheServerRefuses_EndsByStatusWithItsWords(int status, int exitCode)
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) =>
            CannedServer.WriteJsonAsync(context, """{"title":"Title","error":"No, \u001b[31mbecause."}""", status));
        CliResult result = (await new CliTool(server.Url, "prod").RunAsync("list", "flags")).Ends(exitCode);
        Assert.Equal("No, \\u001b[31mbecause.", result.Error);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task Command_NoAnswerInTime_EndsWith3()
    {
        using TcpListener silent = new(System.Net.IPAddress.Loopback, FreePort.Next());
        silent.Start();
        CliResult result = (await new CliTool($"http://{silent.LocalEndpoint}", "prod").RunAsync("list", "flags", "--timeout", "0.3")).Ends(3);
        Assert.Contains("did not answer within 0.3 s", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_CtrlC_EndsAtOnceAndSilently()
    {
        var asked = new TaskCompletionSource();
        await using CannedServer server = await CannedServer.StartAsync(async (context, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        await using ChildProcess process = await new CliTool(server.Url, "prod").StartAsync("list", "flags");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using ChildProcess kill = await ChildProcess.StartAsync("kill", "/bin/kill", ["-INT", $"{process.Id}"], "/");
        Assert.Equal(130, await process.WaitForExitAsync());
        Assert.DoesNotContain(process.Output.Lines, static line => !line.StartsWith("harness: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--url", "localhost:3000", "list", "environments")]
    [InlineData("--url", "ftp://localhost", "list", "environments")]
    [InlineData("--url", "http://user:secret@localhost", "list", "environments")]
    [InlineData("--timeout", "0", "list", "environments")]
    [InlineData("--timeout", "-1", "list", "environments")]
    [InlineData("--timeout", "x", "list", "environments")]
    [InlineData("--actor", "two\nlines", "list", "environments")]
    [InlineData("--env")]
    [InlineData("decide")]
    [InlineData("explain", "key")]
    [InlineData("flag", "toggle", "key")]
    [InlineData("rollback", "-1")]
    [InlineData("rollback", "draft")]
    [InlineData("diff", "--from", "draft")]
    [InlineData("export", "--format", "xml")]
    [InlineData("promote")]
    [InlineData("prune-snapshots")]
    [InlineData("prune-snapshots", "--keep-versions")]
    [InlineData("prune-snapshots", "--keep-days", "1", "--keep-days", "2")]
    [InlineData("apply")]
    [InlineData("--nonsense")]
    [InlineData("list", "flags")]
    public async Task Command_WrongUsage_EndsWith2WithoutAsking(params string[] arguments)
    {
        CliResult result = (await new CliTool("http://127.0.0.1:1").RunAsync(arguments)).Ends(2);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Out);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--keep-versions", "99999999999")]
    [InlineData("--keep-versions", "0")]
    [InlineData("--keep-days", "abc")]
    [InlineData("--keep-days", "1.5")]
    public async Task PruneSnapshots_LimitOutOfRange_SaysWhatIsAllowed(string option, string value)
    {
        CliResult result = (await new CliTool("http://127.0.0.1:1", "prod").RunAsync("prune-snapshots", option, value, "--dry-run")).Ends(2);
        Assert.Contains($"{option} must be a whole number of at least 1 and at most 2147483647, not \"{value}\"", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Cannot parse", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }
}
