using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// Every other form with what does not belong there: they say so beside the field, keep what was typed, store nothing and run nothing.
/// </summary>
[Trait("Runs", "Long")]
public sealed class BadInputTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Environment_BadNames_AreRefused()
    {
        await DashboardContent.CreateEnvironmentAsync(Http, "taken");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "taken");
        var user = new FormUser(tab);
        await tab.GoAsync("/environments");
        ILocator name = tab.Field("Name of the environment");
        int before = (await DashboardContent.GetAsync(Http, "/api/environments")).GetProperty("data").GetArrayLength();
        foreach (string bad in (string[])["", "   ", BadText.Control, new string('e', 65), BadText.Huge, "taken"])
        {
            await user.IsRefusedAsync(name, bad, () => tab.ClickAsync("Create environment"));
        }

        Assert.Equal(before, (await DashboardContent.GetAsync(Http, "/api/environments")).GetProperty("data").GetArrayLength());
        tab.AssertClean();
    }

    [Fact]
    public async Task Audience_BadNamesAndConditions_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("audiences");
        await using DashboardTab opened = tab;
        await DashboardContent.CreateAsync(Http, "/api/audiences", new { name = "taken", environmentId = environment, rules = Array.Empty<object>() });
        var user = new FormUser(tab);
        await tab.GoAsync("/audiences");
        await tab.ClickAsync("New audience");
        foreach (string bad in (string[])[.. BadText.NoNames, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("Name"), bad, () => tab.ClickAsync("Create audience"));
        }

        await tab.Field("Name").FillAsync("free");
        await tab.ClickAsync("+ Add a condition");
        await user.IsRefusedAsync(tab.Field("Attribute of condition 1 of rule 1"), "", () => tab.ClickAsync("Create audience"));
        Assert.Single(await DashboardContent.ListAsync(Http, "audiences", environment));
        tab.AssertClean();
    }

    [Fact]
    public async Task LayersAndHoldouts_Bad_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("layers");
        await using DashboardTab opened = tab;
        await DashboardContent.CreateAsync(Http, "/api/layers", new { name = "taken", environmentId = environment });
        string other = await DashboardContent.CreateAsync(Http, "/api/layers", new { name = "other", environmentId = environment });
        await DashboardContent.CreateAsync(Http, "/api/holdouts", new { name = "taken", environmentId = environment, share = 0.1 });
        var user = new FormUser(tab);
        await tab.GoAsync("/layers");
        foreach (string bad in (string[])[.. BadText.NoNames, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("Name of a new layer"), bad, () => tab.ClickAsync("Create layer"));
        }

        await tab.ClickAsync("Rename layer other");
        foreach (string bad in (string[])[.. BadText.NoNames, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("New name"), bad, () => tab.ClickAsync("Save name"));
        }

        await tab.ClickAsync("Cancel");
        await tab.Field("Name of a new holdout").FillAsync("free");
        foreach (string bad in (string[])["", .. BadText.NoShares])
        {
            await user.IsRefusedAsync(tab.Field("Share in %"), bad, () => tab.ClickAsync("Create holdout"));
        }

        await tab.Field("Share in %").FillAsync("1");
        foreach (string bad in (string[])[.. BadText.NoNames, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("Name of a new holdout"), bad, () => tab.ClickAsync("Create holdout"));
        }

        await tab.Field("Name of a new holdout").FillAsync("free");
        foreach (string bad in (string[])["two words", BadText.Script, BadText.Emoji])
        {
            await user.IsRefusedAsync(tab.Field("Only what is tagged"), bad, () => tab.ClickAsync("Create holdout"));
        }

        Assert.Equal(["other", "taken"], (await DashboardContent.ListAsync(Http, "layers", environment)).Select(static one => one.GetProperty("name").GetString()).Order());
        Assert.Single(await DashboardContent.ListAsync(Http, "holdouts", environment));
        Assert.Equal("other", (await DashboardContent.GetAsync(Http, $"/api/layers/{other}")).GetProperty("name").GetString());
        tab.AssertClean();
    }

    [Fact]
    public async Task Notes_TooLong_AreRefusedAndNothingIsPublished()
    {
        (string environment, DashboardTab tab) = await OpenAsync("notes");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "noted");
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{id}/status", new { status = "RUNNING" });
        var user = new FormUser(tab);
        await tab.GoAsync("/publish");
        foreach (string bad in (string[])[new string('n', 5000), BadText.Huge])
        {
            await user.IsRefusedAsync(tab.Field("Note"), bad, () => tab.ClickAsync("Publish again"));
        }

        await tab.ClickAsync("Roll back to version 1");
        foreach (string bad in (string[])[new string('n', 5000), BadText.Huge])
        {
            await user.IsRefusedAsync(tab.Field("Why"), bad, () => tab.ClickAsync("Roll back"));
        }

        await tab.ClickAsync("Cancel");
        Assert.Equal(1, (await DashboardContent.GetAsync(Http, $"/api/environments/{environment}/versions")).GetProperty("data").GetArrayLength());

        // What is only text is a note, and nothing else.
        await tab.Field("Note").FillAsync(BadText.Image);
        await tab.ClickAsync("Publish again");
        await tab.SeesAsync("“" + BadText.Image + "”");
        foreach (string bad in (string[])["0", "-1", "NaN", "99999999999999999999", "live; drop", BadText.Script])
        {
            await tab.Field("From").FillAsync(bad);
            await tab.Page.Keyboard.PressAsync("Tab");
            await Eventually.HoldsAsync(async _ => (await FormUser.FaultsAsync(tab.Field("From"))).Length > 0, $"\"{bad}\" is refused");
            Assert.Equal(bad, await tab.Field("From").InputValueAsync());
        }

        tab.AssertClean();
    }

    [Fact]
    public async Task Try_BadUsersAndContexts_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("tries");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "tried");
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{id}/status", new { status = "RUNNING" });
        var user = new FormUser(tab);
        await tab.GoAsync("/try");
        foreach (string bad in (string[])["", BadText.Huge])
        {
            await user.IsRefusedAsync(tab.Field("User key"), bad, () => tab.ClickAsync("Decide"));
        }

        await tab.Field("User key").FillAsync(BadText.Image);
        foreach (string bad in (string[])[.. BadText.NoObjects, new string('[', 200), BadText.Huge])
        {
            await user.IsRefusedAsync(tab.Field("Context"), bad);
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Decide" })).ToBeDisabledAsync();
        }

        // Of duplicate keys the last one counts, as in the API.
        await tab.Field("Context").FillAsync("{\"country\": \"DE\", \"country\": \"US\", \"tag\": \"<script>alert(1)</script>\"}");
        await tab.ClickAsync("Decide");
        await tab.SeesAsync("1 decision by version 1");
        foreach (string path in (string[])["/try?user_key=a&version=99", "/try?user_key=a&version=nope", "/try?user_key=a&context={", "/try?user_key=a&key=nope", "/try?user_key=a&version=<script>"])
        {
            await tab.GoAsync(path);
            await tab.Page.Locator(".notice.error").WaitForAsync();
        }

        tab.AssertClean();
    }

    [Fact]
    public async Task Addresses_MadeUp_AnswerInWords()
    {
        (_, DashboardTab tab) = await OpenAsync("addresses");
        await using DashboardTab opened = tab;
        foreach (string path in (string[])
        [
            "/audit?actor=%3Cscript%3Ealert(1)%3C/script%3E&kind=nope&action=nope&from=nonsense&until=9999-99-99&page=-5", "/audit?from=2026-02-01&until=2026-01-01",
            "/experiments?page=99999999&status=NOPE&tag=%3Cscript%3E&search=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "/publish?from=nope&to=-1", $"/experiments/{Guid.NewGuid()}", $"/flags/{Guid.NewGuid()}",
        ])
        {
            await tab.GoAsync(path);
            await tab.Page.Locator("main .empty:visible, main .field-error:visible").First.WaitForAsync();
            Assert.Equal(0, await tab.Page.GetByText("This page failed").CountAsync());
        }

        tab.AssertClean();
    }

    [Fact]
    public async Task Names_ThatLookLikeMarkup_StayText()
    {
        (_, DashboardTab tab) = await OpenAsync("names");
        await using DashboardTab opened = tab;
        foreach (string name in BadText.Names)
        {
            await tab.GoAsync("/audiences");
            await tab.ClickAsync("New audience");
            await tab.Field("Name").FillAsync(name);
            await tab.ClickAsync("Create audience");
            await tab.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 2 }).WaitForAsync();
            await tab.GoAsync("/layers");
            await tab.Field("Name of a new layer").FillAsync(name);
            await tab.ClickAsync("Create layer");
            await tab.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true, Level = 3 }).WaitForAsync();
        }

        await tab.GoAsync("/environments");
        await tab.Field("Name of the environment").FillAsync(BadText.Image);
        await tab.ClickAsync("Create environment");
        await tab.Page.Locator("td", new() { HasText = BadText.Image }).First.WaitForAsync();
        foreach (string path in (string[])["/", "/publish", "/connect", "/audit", "/try"])
        {
            await tab.GoAsync(path);
            Assert.Equal(BadText.Image, await tab.Page.Locator(".environment-picker option:checked").TextContentAsync());
        }

        tab.AssertClean();
    }

    private async Task<(string Id, DashboardTab Tab)> OpenAsync(string environment) =>
        (await DashboardContent.CreateEnvironmentAsync(Http, environment), await fixture.OpenAsync(environment: environment));
}
