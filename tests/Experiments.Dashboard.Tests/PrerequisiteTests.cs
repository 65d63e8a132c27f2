using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>What a flag or experiment needs and what needs it, drawn.</summary>
public sealed class PrerequisiteTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>, IAsyncLifetime
{
    private readonly DefinitionsApi _api = new(fixture.Server.Http);
    private string _environmentId = "";

    public async Task InitializeAsync()
    {
        if ((await _api.ReadAsync("environments")).GetProperty("data") is { } environments && environments.GetArrayLength() > 0)
        {
            _environmentId = environments[0].GetProperty("id").GetString()!;
            return;
        }

        _environmentId = await _api.EnvironmentAsync("graph");

        // ground <- middle <- centre (also through an experiment that it serves) <- 20 others <- far; the experiment needs ground.
        string Flag(string key, string rules, string enabled = "true") =>
            $$"""{"key": "{{key}}", "name": "{{key}}", "type": "boolean", "enabled": {{enabled}}, "variants": [{"key": "on", "value": true}, {"key": "off", "value": false}], "rules": [{{rules}}]}""";
        string Needs(string flag) => $$"""{"prerequisites": [{"flag": "{{flag}}", "variants": ["on", "off"]}], "serve": {"variant": "on"} }""";
        await _api.ApplyAsync(_environmentId, $$"""
            {
              "format": "experiments/1",
              "experiments": [{"key": "served", "name": "Served", "status": "RUNNING", "variants": [{"key": "on", "name": "On"}, {"key": "off", "name": "Off"}],
                               "split": {"weights": {"on": 1, "off": 1}, "coverage": 1}, "prerequisites": [{"flag": "ground", "variants": ["on"]}]}],
              "flags": [
                {{Flag("ground", "", "false")}}, {{Flag("middle", Needs("ground"))}},
                {{Flag("centre-with-a-name-that-is-quite-long", Needs("middle") + """, {"serve": {"experiment": "served"}}""")}},
                {{string.Join(",", Enumerable.Range(0, 20).Select(i => Flag($"dependent-{i}", Needs("centre-with-a-name-that-is-quite-long"))))}},
                {{Flag("far", Needs("dependent-0"))}}
              ]
            }
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("light", 1280, false)]
    [InlineData("dark", 1280, true)]
    [InlineData("narrow", 390, false)]
    public async Task Flag_WithTwentyDependents_IsDrawnTwoStepsFarAndReadable(string look, int width, bool isDark)
    {
        string id = await _api.FindAsync("flags", _environmentId, "centre-with-a-name-that-is-quite-long");
        await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark);
        await tab.GoAsync($"/flags/{id}");

        ILocator graph = tab.Page.Locator($".graph.{(width > 820 ? "wide" : "narrow")}");
        await Assertions.Expect(graph).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator($".graph.{(width > 820 ? "narrow" : "wide")}")).ToBeHiddenAsync();
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "middle, on: must serve on or off" })).ToBeVisibleAsync();
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "ground, off" })).ToHaveCountAsync(2);
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "served, running: serves it" })).ToBeVisibleAsync();
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "dependent-0, on: needs on or off" })).ToBeVisibleAsync();
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "far, on" })).ToBeVisibleAsync();
        await Assertions.Expect(graph.GetByText("and 14 more")).ToBeVisibleAsync();
        await Assertions.Expect(graph).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("needs middle to serve on or off"));
        await graph.ScrollIntoViewIfNeededAsync();
        await tab.ScreenshotAsync($"flag-prerequisites-{look}");
        Assert.Empty(await tab.ViolationsAsync());
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        await graph.GetByRole(AriaRole.Link, new() { Name = "middle, on" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new() { Name = "middle", Level = 1 }).WaitForAsync();
        tab.AssertClean();
    }

    [Fact]
    public async Task Experiment_ServedByAFlag_ShowsTheFlagAndItsState()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/experiments/{await _api.FindAsync("experiments", _environmentId, "served")}");

        ILocator graph = tab.Page.Locator(".graph.wide");
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "ground, off: must serve on" })).ToBeVisibleAsync();
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "centre-with-a-name-that-is-quite-long, on: serves it" })).ToBeVisibleAsync();

        // Somebody turns on what it needs: the drawing says so without a reload.
        string ground = await _api.FindAsync("flags", _environmentId, "ground");
        await _api.PatchAsync($"flags/{ground}", new { enabled = true });
        await Assertions.Expect(graph.GetByRole(AriaRole.Link, new() { Name = "ground, on: must serve on" })).ToBeVisibleAsync();
        await _api.PatchAsync($"flags/{ground}", new { enabled = false });
        await tab.ScreenshotAsync("experiment-prerequisites");
        Assert.Empty(await tab.ViolationsAsync());
        tab.AssertClean();
    }

    [Fact]
    public async Task Experiment_PrerequisiteTyped_IsStored()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        string id = await DefinitionsApi.IdOfAsync(await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            fixture.Server.Http, "/api/experiments", new { key = "own", name = "Own", environmentId = _environmentId }));
        await tab.GoAsync($"/experiments/{id}");

        await tab.ClickAsync("+ Prerequisite");
        await tab.Field("Flag of prerequisite 1").FillAsync("middle");
        await tab.Field("Variants of prerequisite 1").FillAsync("on");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved");

        await Assertions.Expect(tab.Page.Locator(".graph.wide").GetByRole(AriaRole.Link, new() { Name = "middle, on: must serve on" })).ToBeVisibleAsync();
        Assert.Equal("middle", (await _api.ReadAsync($"experiments/{id}")).GetProperty("prerequisites")[0].GetProperty("flag").GetString());
        tab.AssertClean();
    }
}
