using System.Text.Json;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

/// <summary>export, apply, promote and explain, against the real server.</summary>
public sealed class TransferTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("yaml")]
    [InlineData("yml")]
    [InlineData("json")]
    public async Task Apply_WhatWasExported_BringsItBack(string extension)
    {
        CliTool tool = await EnvironmentAsync();
        string path = _directory.PathOf($"export.{extension}");
        (await tool.RunAsync("export", "--output", path)).Ends(0);
        Assert.Contains("nav", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        (await tool.RunAsync("flag", "off", "nav")).Ends(0);

        CliResult dryRun = (await tool.RunAsync("apply", "-f", path, "--dry-run")).Ends(0);
        Assert.Contains("nav", dryRun.Out, StringComparison.Ordinal);
        Assert.Equal("off", await StateAsync(tool));

        CliResult applied = (await tool.RunAsync("apply", "-f", path, "--yes")).Ends(0);
        Assert.Contains("nav", applied.Out, StringComparison.Ordinal);
        Assert.Contains("applied: 1 change", applied.Error, StringComparison.Ordinal);
        Assert.Equal("on", await StateAsync(tool));

        CliResult again = (await tool.RunAsync("apply", "-f", path)).Ends(2);
        Assert.Contains("--yes", again.Error, StringComparison.Ordinal);
        Assert.Contains("no changes", (await tool.RunAsync("apply", "-f", path, "--yes")).Ends(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FromStandardInput_TakesWhatExportPrints()
    {
        CliTool tool = await EnvironmentAsync();
        string exported = (await tool.RunAsync("export", "--format", "json")).Ends(0).Out;
        (await tool.RunAsync("flag", "off", "nav")).Ends(0);
        JsonElement answer = (await tool.RunWithInputAsync(exported, "apply", "-f", "-", "--yes", "--json")).Ends(0).Json;
        Assert.True(answer.GetProperty("applied").GetBoolean());
        Assert.Equal("on", await StateAsync(tool));
    }

    [Theory]
    [InlineData("y\n", "on", 0)]
    [InlineData("n\n", "off", 1)]
    [InlineData("\n", "off", 1)]
    public async Task Apply_OnATerminal_ShowsAndAsks(string typed, string state, int exitCode)
    {
        CliTool tool = await EnvironmentAsync();
        string path = _directory.PathOf("export.yaml");
        (await tool.RunAsync("export", "-o", path)).Ends(0);
        (await tool.RunAsync("flag", "off", "nav")).Ends(0);
        CliResult result = await tool.RunOnTerminalAsync(typed, "apply", "-f", path);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Matches("(?s)nav.*Apply this to .* \\(1 change\\) \\[y/N\\]", result.Out);
        Assert.Equal(state, await StateAsync(tool));
    }

    [Fact]
    public async Task Promote_ToAnotherEnvironment_SaysWhatItDid()
    {
        CliTool tool = await EnvironmentAsync();
        (string target, _) = await server.CreateEnvironmentAsync();
        CliResult dryRun = (await tool.RunAsync("promote", "--to", target, "--flag", "nav", "--dry-run")).Ends(0);
        Assert.Contains("nav", dryRun.Out, StringComparison.Ordinal);
        (await tool.RunAsync("promote", "--to", target, "--flag", "nav")).Ends(2);
        Assert.Contains($"promoted to {target}", (await tool.RunAsync("promote", "--to", target, "--flag", "nav", "-y")).Ends(0).Error, StringComparison.Ordinal);
        CliResult nowhere = (await tool.RunAsync("promote", "--to", "nowhere", "--yes")).Ends(1);
        Assert.Contains("nowhere", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AFlag_PrintsItsText()
    {
        CliTool tool = await EnvironmentAsync();
        CliResult text = (await tool.RunAsync("explain", "nav", "user-1", "--context", """{"country":"US"}""", "--version", "draft")).Ends(0);
        Assert.Contains("nav", text.Out, StringComparison.Ordinal);
        Assert.Contains("nav", (await tool.RunAsync("explain", "nav", "user-1", "--json")).Ends(0).Json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>With the flag <c>nav</c>, which is on.</summary>
    private async Task<CliTool> EnvironmentAsync()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "nav");
        return new CliTool(server.Url, name);
    }

    private static async Task<string> StateAsync(CliTool tool) => (await tool.RunAsync("list", "flags")).Ends(0).Row("nav")[1];
}
