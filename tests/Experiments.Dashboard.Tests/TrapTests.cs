using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>What a page shows is what is stored, or says that it is not.</summary>
public sealed class TrapTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task EnvironmentPicker_SomebodyMakesAnotherOne_StaysWhereItWas()
    {
        string id = await DashboardContent.CreateEnvironmentAsync(Http, "picked-m");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "picked-m");
        await tab.GoAsync("/flags");
        ILocator picker = tab.Page.GetByLabel("Environment", new() { Exact = true }).First;
        await Assertions.Expect(picker).ToHaveValueAsync(id);

        await DashboardContent.CreateEnvironmentAsync(Http, "picked-a");
        await Assertions.Expect(picker.Locator("option", new() { HasText = "picked-a" })).ToHaveCountAsync(1);

        await Assertions.Expect(picker).ToHaveValueAsync(id);
        tab.AssertClean();
    }

    [Fact]
    public async Task EnvironmentPicker_OnAFlag_GoesToTheListOfTheOther()
    {
        string one = await DashboardContent.CreateEnvironmentAsync(Http, "left");
        string other = await DashboardContent.CreateEnvironmentAsync(Http, "entered");
        string flag = await DashboardContent.CreateFlagAsync(Http, one, "only-in-left");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "left");
        await tab.GoAsync($"/flags/{flag}");

        await tab.Page.GetByLabel("Environment", new() { Exact = true }).First.SelectOptionAsync(other);

        await Eventually.HoldsAsync(() => tab.Page.Url.EndsWith("/flags", StringComparison.Ordinal), "the list is shown", TimeSpan.FromSeconds(15), () => tab.Page.Url);
        await tab.SeesAsync("No flags yet");
        tab.AssertClean();
    }

    [Fact]
    public async Task VariantSelects_AVariantIsRemoved_ShowWhatIsChosen()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "selects");
        string flag = await DashboardContent.CreateFlagAsync(Http, environment, "selected");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "selects");
        await tab.GoAsync($"/flags/{flag}");
        ILocator off = tab.Page.Locator("#off");
        await Assertions.Expect(off).ToHaveValueAsync("off");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove variant 1" }).ClickAsync();
        await Assertions.Expect(off.Locator("option")).ToHaveCountAsync(2);
        await Assertions.Expect(off).ToHaveValueAsync("off");

        // What is chosen and gone is said, not replaced.
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove variant 1" }).ClickAsync();
        await Assertions.Expect(off).ToHaveValueAsync("off");
        await Assertions.Expect(off.Locator("option:checked")).ToHaveTextAsync("off, which is not there any more");
        tab.AssertClean();
    }

    [Fact]
    public async Task Start_SplitIsNotSaved_IsRefusedUntilItIs()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "unsaved");
        string experiment = await DashboardContent.CreateExperimentAsync(Http, environment, "unsaved");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "unsaved");
        await tab.GoAsync($"/experiments/{experiment}");
        await tab.Page.Locator("#weight-0").FillAsync("3");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save split" }).WaitForAsync();

        await tab.ClickAsync("Start");
        await tab.SeesAsync("what is stored goes live, not what you see");
        Assert.Equal("DRAFT", (await DashboardContent.GetAsync(Http, $"/api/experiments/{experiment}")).GetProperty("status").GetString());

        await tab.ClickAsync("Save split");
        await tab.SeesAsync("Split saved");
        await tab.ClickAsync("Start");
        await tab.SeesAsync("Started and live");
        tab.AssertClean();
    }

    [Fact]
    public async Task Condition_WithoutAValue_IsRefused()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "valueless");
        string experiment = await DashboardContent.CreateExperimentAsync(Http, environment, "valueless");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "valueless");
        await tab.GoAsync($"/experiments/{experiment}");
        await tab.ClickAsync("+ Add a condition");
        await tab.Field("Attribute of condition 1 of rule 1").FillAsync("country");

        await tab.ClickAsync("Save");

        await tab.SeesAsync("Condition 1 of rule 1 has no value");
        Assert.Equal(0, (await DashboardContent.GetAsync(Http, $"/api/experiments/{experiment}")).GetProperty("targetingRules").GetArrayLength());
        tab.AssertClean();
    }

    [Fact]
    public async Task Change_InAnEnvironmentThatIsPublishedByHand_SaysThatItIsNotLive()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "by-hand");
        string flag = await DashboardContent.CreateFlagAsync(Http, environment, "by-hand");
        await DashboardContent.PatchAsync(Http, $"/api/environments/{environment}", new { publish = "manual" });
        await using DashboardTab tab = await fixture.OpenAsync(environment: "by-hand");
        await tab.GoAsync($"/flags/{flag}");

        await tab.Page.GetByRole(AriaRole.Switch).ClickAsync();

        await tab.SeesAsync("Flag is off; live once it is published");
        tab.AssertClean();
    }
}
