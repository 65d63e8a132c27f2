using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

public sealed class HelpTests
{
    private readonly CliTool _tool = new("http://127.0.0.1:1");

    [Fact]
    public async Task Help_OfTheTool_NamesCommandsOptionsAndExitCodes()
    {
        string help = (await _tool.RunAsync("--help")).Ends(0).Out;
        foreach (string command in new[] { "list", "get", "flag", "experiment", "decide", "explain", "export", "apply", "diff", "publish", "rollback", "promote", "prune-snapshots", "backup", "restore", "migrate-store" })
        {
            Assert.Matches($"(?m)^  {command} ", help);
        }

        foreach (string option in new[] { "--url", "--env", "--json", "--actor", "--reason", "--timeout" })
        {
            Assert.Contains(option, help, StringComparison.Ordinal);
        }

        foreach (int exitCode in new[] { 0, 1, 2, 3, 4 })
        {
            Assert.Matches($"(?m)^ +{exitCode}  [a-z]", help);
        }
    }

    [Theory]
    [InlineData("list flags", "--tag", "--search", "--status", "--limit", "--json")]
    [InlineData("list audiences", "--search", "--limit")]
    [InlineData("get holdout", "NAME-OR-ID")]
    [InlineData("export", "--format", "--output")]
    [InlineData("apply", "--file", "--prune", "--yes", "--dry-run", "--reason")]
    [InlineData("diff", "--from", "--to", "--exit-code")]
    [InlineData("publish", "--note", "--dry-run")]
    [InlineData("rollback", "VERSION", "--note", "--dry-run", "--yes")]
    [InlineData("promote", "--to", "--flag", "--experiment", "--dry-run", "--yes")]
    [InlineData("prune-snapshots", "--keep-versions", "--keep-days", "--dry-run", "--yes")]
    [InlineData("backup", "--output")]
    [InlineData("restore", "FILE", "--to", "EXPERIMENTS_POSTGRES")]
    [InlineData("migrate-store", "--from", "--to", "litedb:DIRECTORY")]
    [InlineData("decide", "USER", "--context", "--flag")]
    [InlineData("explain", "KEY", "USER", "--context", "--version")]
    [InlineData("flag on", "KEY-OR-ID")]
    [InlineData("experiment archive", "KEY-OR-ID")]
    public async Task Help_OfACommand_NamesWhatItTakes(string command, params string[] expected)
    {
        CliResult help = (await _tool.RunAsync([.. command.Split(' '), "--help"])).Ends(0);
        Assert.All(expected, text => Assert.Contains(text, help.Out, StringComparison.Ordinal));
        Assert.Empty(help.Error);
    }

    [Fact]
    public async Task Help_OfAListWithoutStatus_LeavesItOut() =>
        Assert.DoesNotContain("--status", (await _tool.RunAsync("list", "layers", "--help")).Ends(0).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Version_OfTheTool_IsOneLine() => Assert.Matches("^[0-9]+\\.[0-9]+\\.", Assert.Single((await _tool.RunAsync("--version")).Ends(0).OutLines));
}
