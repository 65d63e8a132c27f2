using System.Text.Json;
using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

public sealed class GetCommandTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Get_AFlag_IsReadableText()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        string flagId = await server.CreateFlagAsync(id, "nav", "Menu", "ui");
        await server.SendAsync(HttpMethod.Post, $"/flags/{flagId}/rules", new
        {
            name = "us",
            targetingRules = new[] { new { conditions = new[] { new { attribute = "country", @operator = "in", value = new[] { "US", "CA" } } } } },
            serve = new { variant = "off" },
        });
        CliResult result = (await new CliTool(server.Url, name).RunAsync("get", "flag", "nav")).Ends(0);
        Assert.Contains("key: nav", result.OutLines);
        Assert.Contains("enabled: true", result.OutLines);
        Assert.Contains("tags: [\"ui\"]", result.OutLines);
        Assert.Contains($"environment: {name}", result.OutLines);
        Assert.Contains("  - key: on", result.OutLines);
        Assert.Contains("    value: true", result.OutLines);
        Assert.Contains("country in [\"US\",\"CA\"]", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("null", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EveryKind_FindsByNameAndById()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        await server.CreateFlagAsync(id, "a-flag");
        await server.CreateFlagAsync(id, "a-flag-too");
        await server.CreateExperimentAsync(id, "an-experiment");
        await server.SendAsync(HttpMethod.Post, "/audiences", new { name = "an audience", environmentId = id, rules = Array.Empty<object>() });
        await server.SendAsync(HttpMethod.Post, "/layers", new { name = "a layer", environmentId = id });
        await server.SendAsync(HttpMethod.Post, "/holdouts", new { name = "a holdout", environmentId = id, share = 0.1 });
        CliTool tool = new(server.Url, name);
        CliTool withoutEnvironment = new(server.Url);
        foreach (string[] one in new[] { new[] { "flag", "a-flag" }, ["experiment", "an-experiment"], ["audience", "an audience"], ["layer", "a layer"], ["holdout", "a holdout"] })
        {
            JsonElement byName = (await tool.RunAsync("get", one[0], one[1], "--json")).Ends(0).Json;
            JsonElement byId = (await withoutEnvironment.RunAsync("get", one[0], byName.GetProperty("id").GetString()!, "--json")).Ends(0).Json;
            Assert.True(JsonElement.DeepEquals(byName, byId));
        }
    }

    [Fact]
    public async Task Get_WhatIsNotThere_EndsWith1AndSaysSo()
    {
        (string name, string id) = await server.CreateEnvironmentAsync();
        string flagId = await server.CreateFlagAsync(id, "nav");
        (string other, _) = await server.CreateEnvironmentAsync();
        CliTool tool = new(server.Url, name);
        CliResult missing = (await tool.RunAsync("get", "flag", "Nav")).Ends(1);
        Assert.Empty(missing.Out);
        Assert.Equal($"there is no flag \"Nav\" in environment \"{name}\"", missing.Error);
        (await tool.RunAsync("get", "experiment", "nav")).Ends(1);
        (await tool.RunAsync("get", "flag", Guid.NewGuid().ToString())).Ends(1);
        // Whoever names an environment never gets what is in another.
        (await tool.RunAsync("--env", other, "get", "flag", flagId)).Ends(1);
        CliResult noEnvironment = (await tool.RunAsync("get", "flag", "nav", "--env", "nope")).Ends(1);
        Assert.Contains(name, noEnvironment.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AKeyWithoutAnEnvironment_EndsWith2()
    {
        CliResult result = (await new CliTool(server.Url).RunAsync("get", "flag", "nav")).Ends(2);
        Assert.Contains("--env", result.Error, StringComparison.Ordinal);
    }
}
