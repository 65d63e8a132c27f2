using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// The forms of flags with what does not belong there: they say so beside the field, keep what was typed, store nothing and run nothing.
/// </summary>
[Trait("Runs", "Long")]
public sealed class FlagBadInputTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Flag_BadKeysAndNames_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("new-flags");
        await using DashboardTab opened = tab;
        await DashboardContent.CreateFlagAsync(Http, environment, "taken");
        var user = new FormUser(tab);
        await tab.GoAsync("/flags?new=1");
        foreach (string bad in (string[])[.. BadText.NoKeys, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("Key"), bad, () => tab.ClickAsync("Create flag"));
        }

        await tab.Field("Key").FillAsync("free");
        foreach (string bad in BadText.NoNames.Where(static one => one.Trim().Length > 0))
        {
            await user.IsRefusedAsync(tab.Field("Name"), bad, () => tab.ClickAsync("Create flag"));
        }

        Assert.Single(await DashboardContent.ListAsync(Http, "flags", environment));
        tab.AssertClean();
    }

    [Theory]
    [InlineData("integer", "7", "1.5", "1e400", "NaN", "", "\"7\"", "9007199254740993e400")]
    [InlineData("number", "7.5", "1e400", "NaN", "Infinity", "", "\"7\"", "0x10")]
    [InlineData("json", "{}", "{", "{\"a\": ", "NaN", "", "'a'", "{\"a\": 1,}")]
    public async Task FlagValues_OfAnotherType_AreRefused(string type, string good, params string[] values)
    {
        (string environment, DashboardTab tab) = await OpenAsync($"values-{type}");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateAsync(Http, "/api/flags", new
        {
            key = type, name = type, environmentId = environment, type, variants = new[] { new { key = "one", value = JsonElement.Parse(good) } },
        });
        var user = new FormUser(tab);
        await tab.GoAsync($"/flags/{id}");
        foreach (string bad in values)
        {
            await user.IsRefusedAsync(tab.Field("Value of variant 1"), bad, () => tab.ClickAsync("Save"));
        }

        JsonElement stored = (await DashboardContent.GetAsync(Http, $"/api/flags/{id}")).GetProperty("variants")[0].GetProperty("value");
        Assert.Equal(good, stored.GetRawText());
        tab.AssertClean();
    }

    [Fact]
    public async Task FlagRulesAndOverrides_Bad_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("rules");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "ruled");
        string before = (await DashboardContent.GetAsync(Http, $"/api/flags/{id}")).GetRawText();
        var user = new FormUser(tab);
        await tab.GoAsync($"/flags/{id}");
        foreach (string bad in BadText.NoNames.Where(static one => one.Trim().Length > 0))
        {
            await user.IsRefusedAsync(tab.Page.Locator("#name"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.ClickAsync("Discard");
        await tab.ClickAsync("+ Override");
        await user.IsRefusedAsync(tab.Field("User key of override 1"), "", () => tab.ClickAsync("Save"));
        await user.IsRefusedAsync(tab.Field("User key of override 1"), "somebody", () => tab.ClickAsync("Save"));
        await tab.ClickAsync("Discard");

        await tab.ClickAsync("Add rule");
        await tab.Page.Locator("#rule-0-serves").SelectOptionAsync("split");
        ILocator weight = tab.Field("Weight of on");
        foreach (string bad in (string[])["-1", "1.5", "NaN", "1e400", "99999999999999999999", BadText.Script])
        {
            await user.IsRefusedAsync(weight, bad, () => tab.ClickAsync("Save"));
        }

        await weight.FillAsync("1");
        foreach (string bad in BadText.NoShares)
        {
            await user.IsRefusedAsync(tab.Field("Coverage in percent"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.Field("Coverage in percent").FillAsync("10");
        await tab.ClickAsync("+ Ramp step (UTC)");
        await user.IsRefusedAsync(tab.Field("Coverage of ramp step 1 in percent"), "NaN", () => tab.ClickAsync("Save"));
        Assert.Equal(before, (await DashboardContent.GetAsync(Http, $"/api/flags/{id}")).GetRawText());
        tab.AssertClean();
    }

    private async Task<(string Id, DashboardTab Tab)> OpenAsync(string environment) =>
        (await DashboardContent.CreateEnvironmentAsync(Http, environment), await fixture.OpenAsync(environment: environment));
}
