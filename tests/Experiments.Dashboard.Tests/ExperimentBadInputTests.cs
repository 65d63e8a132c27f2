using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// The forms of experiments with what does not belong there: they say so beside the field, keep what was typed, store nothing and run nothing.
/// </summary>
[Trait("Runs", "Long")]
public sealed class ExperimentBadInputTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Experiment_BadKeysAndNames_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("new-experiments");
        await using DashboardTab opened = tab;
        await DashboardContent.CreateAsync(Http, "/api/experiments", new { key = "taken", name = "Taken", environmentId = environment });
        var user = new FormUser(tab);
        await tab.GoAsync("/experiments?new=1");
        await tab.Field("Name").FillAsync("A name");
        foreach (string bad in (string[])[.. BadText.NoKeys, "taken"])
        {
            await user.IsRefusedAsync(tab.Field("Key"), bad, () => tab.ClickAsync("Create"));
        }

        await tab.Field("Key").FillAsync("free");
        foreach (string bad in BadText.NoNames.Where(static one => one.Trim().Length > 0))
        {
            await user.IsRefusedAsync(tab.Field("Name"), bad, () => tab.ClickAsync("Create"));
        }

        Assert.Single(await DashboardContent.ListAsync(Http, "experiments", environment));
        tab.AssertClean();
    }

    [Fact]
    public async Task Payloads_ThatAreNoObjects_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("payloads");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "payloads");
        var user = new FormUser(tab);
        await tab.GoAsync($"/experiments/{id}");
        ILocator payload = tab.Page.Locator("#variant-payload-0");
        foreach (string bad in BadText.NoObjects)
        {
            await user.IsRefusedAsync(payload, bad);
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save variants" })).ToBeDisabledAsync();
        }

        await payload.FillAsync("");
        await tab.ClickAsync("Add variant");
        foreach (string bad in (string[])[.. BadText.NoKeys.Where(static one => one != BadText.Huge), "a"])
        {
            await user.IsRefusedAsync(tab.Page.Locator("#variant-key-2"), bad, () => tab.ClickAsync("Save variants"));
        }

        JsonElement stored = await DashboardContent.GetAsync(Http, $"/api/experiments/{id}");
        Assert.Equal(2, stored.GetProperty("variants").GetArrayLength());
        Assert.All(stored.GetProperty("variants").EnumerateArray(), static one => Assert.Equal(JsonValueKind.Null, one.GetProperty("payload").ValueKind));
        tab.AssertClean();
    }

    [Fact]
    public async Task Split_ThatIsNoNumbers_IsRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("splits");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "splits");
        var user = new FormUser(tab);
        await tab.GoAsync($"/experiments/{id}");
        foreach (string bad in (string[])["-1", "1.5", "NaN", "1e400", "99999999999999999999", "one", BadText.Emoji, BadText.Script])
        {
            await user.IsRefusedAsync(tab.Page.Locator("#weight-0"), bad, () => tab.Page.Keyboard.PressAsync("Tab"));
        }

        await tab.Page.Locator("#weight-0").FillAsync("1");
        foreach (string bad in BadText.NoShares)
        {
            await user.IsRefusedAsync(tab.Page.Locator("#coverage"), bad, () => tab.Page.Keyboard.PressAsync("Tab"));
        }

        JsonElement split = (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetProperty("split");
        Assert.Equal(1m, split.GetProperty("coverage").GetDecimal());
        Assert.All(split.GetProperty("weights").EnumerateArray(), static one => Assert.Equal(1, one.GetProperty("weight").GetInt64()));
        tab.AssertClean();
    }

    [Fact]
    public async Task Details_Bad_AreRefused()
    {
        (string environment, DashboardTab tab) = await OpenAsync("details");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "details");
        string before = (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetRawText();
        var user = new FormUser(tab);
        await tab.GoAsync($"/experiments/{id}");
        foreach (string bad in BadText.NoNames)
        {
            await user.IsRefusedAsync(tab.Page.Locator("#experiment-name"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.Page.Locator("#experiment-name").FillAsync("details");
        foreach (string bad in (string[])["two words", BadText.Script, BadText.Emoji, new string('t', 129)])
        {
            await user.IsRefusedAsync(tab.Page.Locator("#experiment-tags"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.Page.Locator("#experiment-tags").FillAsync("");
        foreach (string bad in (string[])[new string('d', 5000), BadText.Huge])
        {
            await user.IsRefusedAsync(tab.Page.Locator("#experiment-description"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.Page.Locator("#experiment-description").FillAsync("");
        await tab.ClickAsync("+ Add a condition");
        ILocator attribute = tab.Field("Attribute of condition 1 of rule 1");
        await user.IsRefusedAsync(attribute, "", () => tab.ClickAsync("Save"));
        await attribute.FillAsync("age");
        await tab.Field("Operator of condition 1 of rule 1").SelectOptionAsync("gte");
        foreach (string bad in (string[])["NaN", "1e400", "old", BadText.Script])
        {
            await user.IsRefusedAsync(tab.Field("Value of condition 1 of rule 1"), bad, () => tab.ClickAsync("Save"));
        }

        await tab.Field("Operator of condition 1 of rule 1").SelectOptionAsync("matches");
        await user.IsRefusedAsync(tab.Field("Value of condition 1 of rule 1"), "(", () => tab.ClickAsync("Save"));
        Assert.Equal(before, (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetRawText());
        tab.AssertClean();
    }

    [Fact]
    public async Task Confirmation_TypedWrong_DeletesNothing()
    {
        (string environment, DashboardTab tab) = await OpenAsync("confirmations");
        await using DashboardTab opened = tab;
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "kept");
        await tab.GoAsync($"/experiments/{id}");
        await tab.ClickAsync("Delete");
        ILocator typed = tab.Field("Type kept");
        ILocator delete = tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" });
        foreach (string bad in (string[])["", "Kept", "kept ", "kep", BadText.Script, BadText.Huge])
        {
            await typed.FillAsync(bad);
            await Assertions.Expect(delete).ToBeDisabledAsync();
        }

        await typed.FillAsync("kept");
        await Assertions.Expect(delete).ToBeEnabledAsync();
        await tab.ClickAsync("Cancel");
        Assert.Single(await DashboardContent.ListAsync(Http, "experiments", environment));
        tab.AssertClean();
    }

    private async Task<(string Id, DashboardTab Tab)> OpenAsync(string environment) =>
        (await DashboardContent.CreateEnvironmentAsync(Http, environment), await fixture.OpenAsync(environment: environment));
}
