using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

/// <summary>diff, publish, rollback, versions and the audit log: against a real server.</summary>
public sealed class VersionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Diff_BetweenVersions_SaysWhatChangedAndByExitCode()
    {
        CliTool tool = await TwoVersionsAsync();
        CliResult text = (await tool.RunAsync("diff", "--from", "1", "--to", "live")).Ends(0);
        Assert.Contains("nav", text.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await tool.RunAsync("diff", "--from", "1", "--to", "live", "--exit-code", "--json")).Ends(1).Json.GetProperty("changes").GetArrayLength());
        Assert.Equal("No changes.", (await tool.RunAsync("diff", "--exit-code")).Ends(0).Out);
        Assert.NotEmpty((await tool.RunAsync("diff", "--from", "99")).Ends(1).Error);
    }

    [Fact]
    public async Task Publish_WithANote_PrintsTheVersion()
    {
        CliTool tool = await TwoVersionsAsync();
        Assert.Equal("No changes.", (await tool.RunAsync("publish", "--dry-run")).Ends(0).Out);
        CliResult published = (await tool.RunAsync("publish", "--note", "by hand")).Ends(0);
        Assert.Matches("^version 3 published 20[^ ]+Z\n", published.Out);
        string[] row = (await tool.RunAsync("list", "versions")).Ends(0).Row("3");
        Assert.Equal("by hand", row[^1]);
    }

    [Fact]
    public async Task PruneSnapshots_KeepingOne_ShowsThenDeletesTheOthers()
    {
        CliTool tool = await TwoVersionsAsync();
        Assert.Contains("--keep-versions", (await tool.RunAsync("prune-snapshots", "--yes")).Ends(2).Error, StringComparison.Ordinal);
        Assert.Contains("at least 1", (await tool.RunAsync("prune-snapshots", "--keep-versions", "0")).Ends(2).Error, StringComparison.Ordinal);
        CliResult tooSoon = (await tool.RunAsync("prune-snapshots", "--keep-versions", "1", "--yes")).Ends(0);
        Assert.Contains("no changes", tooSoon.Error, StringComparison.Ordinal);
        server.AgeSnapshots();
        CliResult dryRun = (await tool.RunAsync("prune-snapshots", "--keep-versions", "1", "--dry-run")).Ends(0);
        Assert.Matches("^- version 1, written 20", dryRun.Out);
        (await tool.RunAsync("prune-snapshots", "--keep-versions", "1")).Ends(2);
        CliResult done = (await tool.RunAsync("prune-snapshots", "--keep-versions", "1", "--yes", "--json")).Ends(0);
        Assert.Equal(1, Assert.Single(done.Json.GetProperty("deleted").EnumerateArray()).GetProperty("version").GetInt64());
        Assert.Contains("no changes", (await tool.RunAsync("prune-snapshots", "--keep-versions", "1", "--yes")).Ends(0).Error, StringComparison.Ordinal);
        (await tool.RunAsync("rollback", "1", "--yes")).Ends(0);
    }

    [Fact]
    public async Task Rollback_ToAnEarlierVersion_BringsItBack()
    {
        CliTool tool = await TwoVersionsAsync();
        CliResult dryRun = (await tool.RunAsync("rollback", "1", "--dry-run")).Ends(0);
        Assert.Contains("nav", dryRun.Out, StringComparison.Ordinal);
        (await tool.RunAsync("rollback", "1")).Ends(2);
        CliResult done = (await tool.RunAsync("rollback", "1", "--yes", "--note", "oops")).Ends(0);
        Assert.Contains("version 3 published", done.Out, StringComparison.Ordinal);
        Assert.Contains("rolled back to version 1: 1 change", done.Error, StringComparison.Ordinal);
        Assert.Equal("on", (await tool.RunAsync("list", "flags")).Ends(0).Row("nav")[1]);
        (await tool.RunAsync("rollback", "99", "--yes")).Ends(1);
    }

    [Fact]
    public async Task Rollback_OnATerminal_Asks()
    {
        CliTool tool = await TwoVersionsAsync();
        CliResult no = await tool.RunOnTerminalAsync("n\n", "rollback", "1");
        Assert.Equal(1, no.ExitCode);
        Assert.Contains("nothing was changed", no.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await tool.RunOnTerminalAsync("yes\n", "rollback", "1")).ExitCode);
        Assert.Equal("on", (await tool.RunAsync("list", "flags")).Ends(0).Row("nav")[1]);
    }

    [Fact]
    public async Task List_Audit_SaysWhoAndWhy()
    {
        CliTool tool = await TwoVersionsAsync();
        CliResult audit = (await tool.RunAsync("list", "audit", "--search", "it flickers")).Ends(0);
        Assert.Matches("^AT +ACTOR +ACTION +KIND +KEY +REASON$", audit.OutLines[0]);
        Assert.Contains(audit.OutLines, static line => Regex.IsMatch(line, "Z +Åsa +[a-z]+ +flag +nav +it flickers$"));
        JsonElement all = (await tool.RunAsync("list", "audit", "--json")).Ends(0).Json;
        Assert.True(all.GetArrayLength() >= 2);
    }

    /// <summary>Version 1 has the flag <c>nav</c> on, version 2 off.</summary>
    private async Task<CliTool> TwoVersionsAsync()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "nav");
        CliTool tool = new(server.Url, name);
        (await tool.RunAsync("flag", "off", "nav", "--actor", "Åsa", "--reason", "it flickers")).Ends(0);
        return tool;
    }
}
