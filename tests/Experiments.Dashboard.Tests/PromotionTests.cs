using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Flags and experiments on their way to other environments.</summary>
public sealed class PromotionTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Document = """
        {
          "format": "experiments/1",
          "audiences": [{"name": "Beta", "rules": [{"conditions": [{"attribute": "beta", "operator": "eq", "value": true}]}]}],
          "experiments": [{"key": "button", "name": "Button", "status": "RUNNING", "variants": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
                           "split": {"weights": {"a": 1, "b": 1}, "coverage": 0.5}}],
          "flags": [{"key": "nav", "name": "Navigation", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}], "rules": [{"audience": "Beta", "serve": {"variant": "on"}}]}]
        }
        """;

    private readonly DefinitionsApi _api = new(fixture.Server.Http);

    [Fact]
    public async Task Copy_WhereSomethingIsMissingThere_SaysWhatAndLinksTheCopyOnceItIsThere()
    {
        string from = await _api.EnvironmentAsync("copy-from");
        string to = await _api.EnvironmentAsync("copy-to");
        await _api.ApplyAsync(from, Document);
        string id = await _api.FindAsync("flags", from, "nav");
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        await tab.ClickAsync("Copy to…");
        await tab.Field("Copy to environment").SelectOptionAsync(new SelectOptionValue { Label = "copy-to" });
        await tab.ClickAsync("Copy flag");
        await tab.SeesAsync("Rule 1 needs audience \"Beta\", which the other environment does not have");
        await tab.ScreenshotAsync("flag-copy-refused");
        Assert.Empty(await tab.ViolationsAsync());
        await _api.ApplyAsync(to, """{"format": "experiments/1", "audiences": [{"name": "Beta", "rules": []}]}""");
        await tab.Field("Key of the copy").FillAsync("nav two");
        await tab.ClickAsync("Copy flag");
        await tab.SeesAsync("key must");
        await tab.Field("Key of the copy").FillAsync("nav-2");
        await tab.ClickAsync("Copy flag");
        await tab.FollowAsync("Open nav-2 in copy-to");
        await tab.Page.WaitForURLAsync($"**/flags/{await _api.FindAsync("flags", to, "nav-2")}");
        await tab.SeesAsync("in copy-to");
        await Assertions.Expect(tab.Page.Locator(".sidebar .environment-picker option:checked")).ToHaveTextAsync("copy-to");
        tab.AssertClean();
    }

    [Fact]
    public async Task Promote_AFlagAndAnExperiment_ShowsTheDifferenceFirst()
    {
        string from = await _api.EnvironmentAsync("staging");
        string to = await _api.EnvironmentAsync("production");
        await _api.ApplyAsync(from, Document);
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{await _api.FindAsync("flags", from, "nav")}");
        await tab.ClickAsync("Promote…");
        await tab.Field("Promote to").SelectOptionAsync(new SelectOptionValue { Label = "production" });
        await tab.SeesAsync("What would change in production");
        await tab.SeesAsync("Audience Beta");
        await tab.ScreenshotAsync("flag-promote");
        Assert.Empty(await tab.ViolationsAsync());
        Assert.Equal(0, (await _api.ReadAsync($"flags?environmentId={to}")).GetProperty("data").GetArrayLength());

        // Somebody is faster: what was looked at is not what would happen.
        await _api.FlagAsync(new { key = "nav", type = "boolean", environmentId = to, variants = new[] { new { key = "on", value = true } } });
        await tab.ClickAsync("Promote to production");
        await tab.SeesAsync("Look at the changes again");
        await tab.SeesAsync("turned on");
        await tab.ClickAsync("Promote to production");
        await tab.SeesAsync("Promoted.");
        Assert.True((await _api.ReadAsync($"flags/{await _api.FindAsync("flags", to, "nav")}")).GetProperty("enabled").GetBoolean());
        await tab.FollowAsync("Open nav in production");
        await tab.SeesAsync("in production");

        await tab.GoAsync($"/experiments/{await _api.FindAsync("experiments", from, "button")}");
        await tab.ClickAsync("Promote…");
        await tab.Field("Promote to").SelectOptionAsync(new SelectOptionValue { Label = "production" });
        await tab.ClickAsync("Promote to production");
        await tab.SeesAsync("Promoted.");
        JsonElement promoted = await _api.ReadAsync($"experiments/{await _api.FindAsync("experiments", to, "button")}");
        Assert.Equal("RUNNING", promoted.GetProperty("status").GetString());
        tab.AssertClean();
    }
}
