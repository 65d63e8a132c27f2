using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Somebody who has read nothing, with an empty server.</summary>
public sealed class FirstUseTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Clicking_FromAnEmptyServer_EndsWithADecidedExperimentAndALiveFlag()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/");
        await tab.ScreenshotAsync("first-use");

        // An environment.
        await tab.Field("Name of the environment").FillAsync("prod");
        await tab.ClickAsync("Create environment");
        await tab.SeesAsync("What is live in prod");

        // An experiment with two variants.
        await tab.FollowAsync("New experiment");
        await tab.Field("Name").FillAsync("Checkout button color");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Split");
        await tab.Page.Locator("#variant-payload-1").FillAsync("{\"color\": ");
        await tab.SeesAsync("Not JSON yet");
        await tab.Page.Locator("#variant-payload-1").FillAsync("{\"color\": \"#00aa44\"}");
        await tab.ClickAsync("Save variants");
        await tab.SeesAsync("Variants saved");
        await tab.ClickAsync("Start");
        await tab.SeesAsync("Started and live");

        JsonElement decided = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/decide?env=prod&user_key=user-123");
        JsonElement assignment = decided.GetProperty("assignments")[0];
        Assert.Equal("checkout-button-color", assignment.GetProperty("experiment_key").GetString());
        Assert.Contains(assignment.GetProperty("variant_key").GetString(), new[] { "control", "treatment" });

        // A flag, on for everyone, decided the same way.
        await tab.FollowAsync("Flags");
        await tab.ClickAsync("New flag");
        await tab.Page.Locator("#flag-key").FillAsync("new-search");
        await tab.ClickAsync("Create flag");
        await tab.Page.WaitForURLAsync("**/flags/*-*");
        await tab.ScreenshotAsync("new-flag");
        await tab.Page.GetByRole(AriaRole.Switch).First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Switch, new() { Checked = true }).WaitForAsync();
        JsonElement flags = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/decide?env=prod&user_key=user-123&include=flags");
        Assert.Contains("new-search", flags.GetProperty("flags").GetRawText(), StringComparison.Ordinal);
        tab.AssertClean();
    }
}
