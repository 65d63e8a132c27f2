using Experiments.Cli.Output;
using Experiments.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Experiments.Cli.Tests;

/// <summary>What is printed, where, and how: on a terminal and into a pipe.</summary>
public sealed class OutputTests
{
    private const string Esc = "\u001b";

    private const string HostileFlags = """
        {"data":[{"id":"1","key":"nav","enabled":true,"type":"boolean","name":"\u001b]0;owned\u0007\n\u202edrow\u009b"}],"pagination":{"totalPages":1}}
        """;

    [Theory]
    [InlineData("plain Ünïcödé 🙂 👩‍👩‍👧", "plain Ünïcödé 🙂 👩‍👩‍👧")]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("a\nb\tc\r", "a\\u000ab\\u0009c\\u000d")]
    [InlineData("\u202e\u2066\u009b\u2028\ufeff", "\\u202e\\u2066\\u009b\\u2028\\ufeff")]
    public void Line_TextFromElsewhere_CannotDriveATerminal(string text, string safe) => Assert.Equal(safe, SafeText.Line(text));

    [Fact]
    public void Line_HalfASurrogatePair_IsEscaped() => Assert.Equal("a\\ud83db", SafeText.Line("a\ud83db"));

    [Fact]
    public void Lines_TextOfSeveralLines_KeepsThem() => Assert.Equal("a\n\tb\\u000d", SafeText.Lines("a\n\tb\r"));

    [Fact]
    public async Task List_HostileNames_StayOnTheirLineAndDriveNothing()
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) => CannedServer.WriteJsonAsync(context, HostileFlags));
        CliTool tool = new(server.Url, "prod");
        CliResult piped = (await tool.RunAsync("list", "flags")).Ends(0);
        Assert.Equal(2, piped.OutLines.Count);
        Assert.EndsWith("\\u001b]0;owned\\u0007\\u000a\\u202edrow\\u009b", piped.OutLines[1], StringComparison.Ordinal);
        CliResult terminal = await tool.RunOnTerminalAsync("", "list", "flags");
        Assert.Contains("\\u001b]0;owned", terminal.Out, StringComparison.Ordinal);
        CliResult json = await tool.RunOnTerminalAsync("", "list", "flags", "--json");
        Assert.Contains("\\u202edrow\\u009b", json.Out, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"{Esc}]0;", terminal.Out + json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OnATerminal_IsColouredUnlessNoColorIsSet()
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) =>
            CannedServer.WriteJsonAsync(context, """{"changes":[1],"text":"2 changes\nFlag a was added.\nFlag b was removed.\n"}"""));
        CliTool tool = new(server.Url, "prod");
        CliResult terminal = await tool.RunOnTerminalAsync("", "diff");
        Assert.Contains($"{Esc}[32mFlag a was added.{Esc}[0m", terminal.Out, StringComparison.Ordinal);
        Assert.Contains($"{Esc}[31mFlag b was removed.{Esc}[0m", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(["2 changes", "Flag a was added.", "Flag b was removed."], (await tool.RunAsync("diff")).Ends(0).OutLines);
        tool.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain($"{Esc}[3", (await tool.RunOnTerminalAsync("", "diff")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ThatWasNotPublished_WarnsAndEndsWith0()
    {
        await using CannedServer server = await CannedServer.StartAsync((context, request) =>
        {
            context.Response.Headers["x-publish-attempted"] = "true";
            context.Response.Headers["x-publish-succeeded"] = "false";
            context.Response.Headers["x-publish-error"] = "the bucket is gone";
            return CannedServer.WriteJsonAsync(context, request.Method == "GET" ? HostileFlags : """{"key":"nav","enabled":true}""");
        });
        CliResult result = (await new CliTool(server.Url, "prod").RunAsync("flag", "on", "nav", "--actor", "Åsa", "--reason", "weil's ß ist")).Ends(0);
        Assert.Equal("flag nav is on", result.Out);
        Assert.Contains("the bucket is gone", result.Error, StringComparison.Ordinal);
        CannedRequest change = server.Requests.Single(static request => request.Method == "PATCH");
        Assert.Equal("/api/flags/1", change.Target);
        Assert.Equal("""{"enabled":true}""", change.Body);
        Assert.Equal("Åsa", change.Header("x-actor"));
        Assert.Equal("weil's ß ist", change.Header("x-reason"));
    }

    [Theory]
    [InlineData("text/yaml", "yaml")]
    [InlineData("application/yaml", "yaml")]
    [InlineData("application/json", "json")]
    public async Task Export_AnyBytes_AreWrittenAsTheyAre(string contentType, string format)
    {
        const string Content = "# Ü\u001b\r\nflags: {}\n";
        await using CannedServer server = await CannedServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(Content);
        });
        using var directory = new TempDirectory();
        string path = directory.PathOf($"out.{format}");
        CliTool tool = new(server.Url, "prod");
        Assert.Empty((await tool.RunAsync("export", "-o", path)).Ends(0).Out);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
        Assert.Contains(server.Requests, request => request.Target == $"/api/environments/e1/export?format={format}");
        Assert.Equal("# Ü\u001b", (await tool.RunAsync("export", "--format", format)).Ends(0).OutLines[0].TrimEnd('\r'));
        (await tool.RunAsync("export", "-o", directory.PathOf("no/such/directory.yaml"), "--format", format)).Ends(2);
    }

    [Fact]
    public async Task Output_ThatCannotBeWritten_IsAMessage()
    {
        await using CannedServer server = await CannedServer.StartAsync((context, _) => CannedServer.WriteJsonAsync(context, HostileFlags));
        string tool = Repository.BuiltAssembly("server/Experiments.Cli");
        await using ChildProcess full = await ChildProcess.StartAsync(
            "full", "/bin/sh", ["-c", $"dotnet '{tool}' --url {server.Url} --env prod list flags > /dev/full"], "/");
        Assert.Equal(1, await full.WaitForExitAsync());
        Assert.Contains(full.Output.Lines, static line => line.StartsWith("err: cannot write", StringComparison.Ordinal));
        Assert.DoesNotContain(full.Output.Lines, static line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
