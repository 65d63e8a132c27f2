using System.Text.Json;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

public sealed class ListCommandTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task List_Flags_AlignsColumnsUnderAHeader()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "a-rather-long-key", "First", "ui", "beta");
        await server.CreateFlagAsync(id, "nav", "Second");
        CliResult result = (await new CliTool(server.Url, name).RunAsync("list", "flags")).Ends(0);
        Assert.Equal(3, result.OutLines.Count);
        Assert.Matches("^KEY +STATE +TYPE +TAGS +UPDATED +NAME$", result.OutLines[0]);
        Assert.Equal(["nav", "on", "boolean", "-"], result.Row("nav")[..4]);
        Assert.Equal("beta,ui", result.Row("a-rather-long-key")[3]);
        Assert.Equal("First", result.Row("a-rather-long-key")[^1]);
        Assert.Single(result.OutLines.Select(static line => line.IndexOf("  boolean", StringComparison.Ordinal)).Where(static at => at >= 0).Distinct());
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task List_FlagsFiltered_ListsThoseOnly()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "checkout", "Buy", "shop");
        await server.CreateFlagAsync(id, "nav", "Menu", "ui");
        CliTool tool = new(server.Url, name);
        await tool.RunAsync("flag", "off", "nav");
        Assert.Equal(["checkout"], await KeysAsync(tool, "--tag", "shop"));
        Assert.Equal(["nav"], await KeysAsync(tool, "--search", "MEN"));
        Assert.Equal(["nav"], await KeysAsync(tool, "--status", "off"));
        Assert.Equal(["nav"], await KeysAsync(tool, "--limit", "1"));
        Assert.Empty(await KeysAsync(tool, "--tag", "none"));
    }

    [Fact]
    public async Task List_MoreThanOnePage_FetchesAll()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await Parallel.ForAsync(0, 103, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            await server.SendAsync(HttpMethod.Post, "/audiences", new { name = $"audience {number:000}", environmentId = id, rules = Array.Empty<object>() }));
        CliTool tool = new(server.Url, name);
        CliResult all = (await tool.RunAsync("list", "audiences", "--json")).Ends(0);
        Assert.Equal(103, all.Json.EnumerateArray().Select(static item => item.GetProperty("name").GetString()).Distinct().Count());
        Assert.Equal(["audience 042"], Names(await tool.RunAsync("list", "audiences", "--search", "AUDIENCE 042", "--json")));
        Assert.Equal(101, Names(await tool.RunAsync("list", "audiences", "--limit", "101", "--json")).Length);
    }

    [Theory]
    [InlineData("experiments", "KEY +STATUS +VARIANTS +TAGS +UPDATED +NAME")]
    [InlineData("audiences", "NAME +RULES +UPDATED")]
    [InlineData("layers", "NAME +FREE +CLAIMS +UNIT +UPDATED")]
    [InlineData("holdouts", "NAME +SHARE +TAG +UPDATED")]
    [InlineData("versions", "VERSION +STATUS +PUBLISHED +EXPERIMENTS +FLAGS +ACTOR +NOTE")]
    public async Task List_AKindThatIsEmpty_IsItsHeaderOrAnEmptyArray(string kind, string header)
    {
        (string name, _) = await server.CreateEnvironmentAsync();
        CliTool tool = new(server.Url, name);
        CliResult text = (await tool.RunAsync("list", kind)).Ends(0);
        Assert.Matches($"^{header}$", Assert.Single(text.OutLines));
        Assert.Equal(0, (await tool.RunAsync("list", kind, "--json")).Ends(0).Json.GetArrayLength());
    }

    [Fact]
    public async Task List_LayersHoldoutsEnvironmentsAndVersions_ShowWhatTheServerHas()
    {
        (string name, string id) = await server.CreateEnvironmentAsync("list me");
        await server.SendAsync(HttpMethod.Post, "/layers", new { name = "page", environmentId = id });
        await server.SendAsync(HttpMethod.Post, "/holdouts", new { name = "ten percent", environmentId = id, share = 0.1, tag = "shop" });
        CliTool tool = new(server.Url, name);
        Assert.Equal(["page", "1", "0", "-"], (await tool.RunAsync("list", "layers")).Ends(0).Row("page")[..4]);
        Assert.Equal(["ten percent", "0.1", "shop"], (await tool.RunAsync("list", "holdouts", "--tag", "shop")).Ends(0).Row("ten percent")[..3]);
        Assert.Equal(id, (await tool.RunAsync("list", "environments")).Ends(0).Row("list me")[1]);
        Assert.Equal("PUBLISHED", (await tool.RunAsync("list", "versions")).Ends(0).Row("1")[1]);
    }

    [Theory]
    [InlineData("list", "flags", "--status", "RUNNING")]
    [InlineData("list", "audiences", "--status", "on")]
    [InlineData("list", "layers", "--tag", "x")]
    [InlineData("list", "flags", "--limit", "0")]
    [InlineData("list", "flags", "--limit", "x")]
    [InlineData("list", "toggles")]
    [InlineData("list")]
    public async Task List_WrongUsage_EndsWith2(params string[] arguments)
    {
        CliResult result = (await new CliTool(server.Url, "any").RunAsync(arguments)).Ends(2);
        Assert.Empty(result.Out);
        Assert.NotEmpty(result.Error);
    }

    private static async Task<string[]> KeysAsync(CliTool tool, params string[] options) =>
        [.. (await tool.RunAsync(["list", "flags", "--json", .. options])).Ends(0).Json.EnumerateArray().Select(static item => item.GetProperty("key").GetString()!)];

    private static string[] Names(CliResult result) =>
        [.. result.Ends(0).Json.EnumerateArray().Select(static (JsonElement item) => item.GetProperty("name").GetString()!)];
}
