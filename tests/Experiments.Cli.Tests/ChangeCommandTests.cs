using System.Text.Json;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

/// <summary>The everyday changes, and deciding: against a real server.</summary>
public sealed class ChangeCommandTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Flag_OffAndOn_ChangesWhatIsDecided()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "nav");
        CliTool tool = new(server.Url, name);
        Assert.Equal("flag nav is off", (await tool.RunAsync("flag", "off", "nav", "--reason", "it flickers", "--actor", "Åsa")).Ends(0).Out);
        await DecidesAsync(tool, "nav", ["nav", "off", "false", "DISABLED"]);
        JsonElement flag = (await tool.RunAsync("flag", "on", "nav", "--json")).Ends(0).Json;
        Assert.True(flag.GetProperty("enabled").GetBoolean());
        await DecidesAsync(tool, "nav", ["nav", "on", "true"]);
    }

    [Fact]
    public async Task Flag_OnWhileItIsArchived_IsRefused()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        string flag = await server.CreateFlagAsync(id, "nav");
        await server.SendAsync(HttpMethod.Patch, $"/flags/{flag}", new { archived = true });

        CliResult result = (await new CliTool(server.Url, name).RunAsync("flag", "on", "nav")).Ends(1);

        Assert.Contains("is archived: nobody gets it", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiment_StartPauseArchive_FollowsTheLifecycle()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateExperimentAsync(id, "button");
        CliTool tool = new(server.Url, name);
        Assert.Contains("Cannot transition", (await tool.RunAsync("experiment", "pause", "button")).Ends(1).Error, StringComparison.Ordinal);
        Assert.Equal("experiment button is RUNNING", (await tool.RunAsync("experiment", "start", "button")).Ends(0).Out);
        await DecidesAsync(tool, "button", ["button", "blue", "{\"hex\":\"#00f\"}", "-"]);
        Assert.Equal("RUNNING", (await tool.RunAsync("list", "experiments")).Ends(0).Row("button")[1]);
        (await tool.RunAsync("experiment", "pause", "button")).Ends(0);
        Assert.Equal("ARCHIVED", (await tool.RunAsync("experiment", "archive", "button", "--json")).Ends(0).Json.GetProperty("status").GetString());
        (await tool.RunAsync("experiment", "start", "button")).Ends(1);
        Assert.Equal(["button"], (await tool.RunAsync("list", "experiments", "--status", "archived")).Ends(0).OutLines.Skip(1).Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Decide_WithContext_ReadsItFromTheArgumentOrAFile()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        string flagId = await server.CreateFlagAsync(id, "nav");
        await server.SendAsync(HttpMethod.Post, $"/flags/{flagId}/rules", new
        {
            targetingRules = new[] { new { conditions = new[] { new { attribute = "country", @operator = "eq", value = "US" } } } },
            serve = new { variant = "off" },
        });
        CliTool tool = new(server.Url, name);
        await DecidesAsync(tool, "nav", ["nav", "off", "false"], "--context", """{"country":"US"}""");
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory.PathOf("context.json"), """{"country":"US"}""");
        await DecidesAsync(tool, "nav", ["nav", "off", "false"], "-c", "@" + directory.PathOf("context.json"));
        CliResult all = (await tool.RunAsync("decide", "user 1", "--json")).Ends(0);
        Assert.Equal("user 1", all.Json.GetProperty("user_key").GetString());
        Assert.Equal("nav", (await tool.RunAsync("decide", "u", "--flag", "nav", "--json")).Ends(0).Json.GetProperty("key").GetString());
        Assert.Contains("nope", (await tool.RunAsync("decide", "u", "--flag", "nope")).Ends(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_NothingPublished_EndsWith1AndTheServersWords()
    {
        (string name, _) = await server.CreateEnvironmentAsync();
        CliResult result = (await new CliTool(server.Url, name).RunAsync("decide", "u")).Ends(1);
        Assert.Equal($"No config available for environment \"{name}\"", result.Error);
    }

    [Fact]
    public async Task Change_WithAnActorThatIsTooLong_IsRefusedInTheServersWords()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "nav");
        CliResult result = (await new CliTool(server.Url, name).RunAsync("flag", "off", "nav", "--actor", new string('a', 300))).Ends(1);
        Assert.Contains("x-actor", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Waits until the decision is there: decide polls.</summary>
    private static Task<CliResult> DecidesAsync(CliTool tool, string key, string[] cells, params string[] options) => Eventually.ReadAsync(
        async _ => await tool.RunAsync(["decide", "u", "--flag", key, .. options]),
        result => result.ExitCode == 0 && result.Row(key).Take(cells.Length).SequenceEqual(cells),
        string.Join(' ', cells),
        TimeSpan.FromSeconds(30));
}
