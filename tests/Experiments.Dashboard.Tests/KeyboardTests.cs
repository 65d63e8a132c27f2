using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Everything without a mouse: what is not reached by Tab is not there.</summary>
[Trait("Runs", "Long")]
public sealed class KeyboardTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Keyboard_FromAnEmptyServer_EndsWithADecidedExperimentAndARolledOutFlag()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, []);
        await using DashboardTab tab = await fixture.OpenAsync(server: server);
        var user = new KeyboardUser(tab);
        await tab.GoAsync("/");

        await user.TypeAsync("Name of the environment", "prod");
        await user.PressAsync("Enter");
        await tab.SeesAsync("What is live in prod");
        await user.KeepsTheFocusAsync("creating the environment");

        // An experiment: its border is moved by the arrows, and it is started.
        await user.ActivateAsync("New experiment", isAbove: true);
        await tab.SeesAsync("New experiment in prod");
        await user.ArrivesAtAsync("Experiments");
        await user.TypeAsync("Name", "Checkout button color");
        await user.ActivateAsync("Create");
        await tab.SeesAsync("control 50 %");
        await user.GoToAsync("End of control");
        for (int step = 0; step < 5; step++)
        {
            await user.PressAsync("ArrowRight");
        }

        await tab.SeesAsync("control 55 %");
        await user.PressAsync("Shift+ArrowLeft");
        await tab.SeesAsync("control 54.99 %");
        await user.PressAsync("Shift+ArrowRight");
        await tab.SeesAsync("control 55 %");
        await user.ActivateAsync("Save split", isAbove: true);
        await tab.SeesAsync("Split saved");
        await user.KeepsTheFocusAsync("saving the split");
        await user.ActivateAsync("Start", isAbove: true);
        await tab.SeesAsync("Started and live");
        await user.KeepsTheFocusAsync("starting it");
        JsonElement decided = await DashboardContent.GetAsync(server.Http, "/api/decide?env=prod&user_key=user-123");
        Assert.Equal("checkout-button-color", decided.GetProperty("assignments")[0].GetProperty("experiment_key").GetString());

        // A flag for a tenth of the users.
        await user.ActivateAsync("Flags", isAbove: true);
        await user.ArrivesAtAsync("Flags");
        await user.ActivateAsync("New flag");
        await user.FindsItselfAtAsync("Key");
        await user.TypeAsync("new-search");
        await user.PressAsync("Enter");
        await tab.Page.WaitForURLAsync("**/flags/*-*");
        await user.ArrivesAtAsync("new-search");
        await user.ActivateAsync("Add rule");
        await tab.Page.GetByRole(AriaRole.Article, new() { Name = "Rule 1" }).WaitForAsync();
        await user.KeepsTheFocusAsync("adding a rule");
        await user.GoToAsync("Serves", isAbove: true);
        await user.TypeAsync("A split");
        await user.TypeAsync("Weight of on", "1");
        await user.TypeAsync("Coverage in percent", "10");
        await user.ActivateAsync("Save");
        await tab.SeesAsync("Flag saved");
        await user.KeepsTheFocusAsync("saving the flag");
        await user.GoToAsync("Flag is on", isAbove: true);
        await user.PressAsync("Space");
        await tab.Page.GetByRole(AriaRole.Switch, new() { Checked = true }).WaitForAsync();
        await user.KeepsTheFocusAsync("switching it on");
        JsonElement flag = (await DashboardContent.GetAsync(server.Http, "/api/flags")).GetProperty("data")[0];
        Assert.True(flag.GetProperty("enabled").GetBoolean());
        Assert.Equal(0.1m, flag.GetProperty("rules")[0].GetProperty("serve").GetProperty("split").GetProperty("coverage").GetDecimal());
        tab.AssertClean();
    }

    [Fact]
    public async Task Skip_FromTheTopOfAPage_GoesPastTheMenu()
    {
        await using DashboardTab tab = await OpenAsync("skips");
        var user = new KeyboardUser(tab);
        await tab.GoAsync("/connect");
        await user.GoToAsync("Skip to the content", isAbove: true);
        await user.PressAsync("Enter");
        await Eventually.HoldsAsync(async _ => await tab.Page.EvaluateAsync<bool>("document.activeElement.id === 'content'"), "the content has the focus");
        await user.PressAsync("Tab");
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.getElementById('content').contains(document.activeElement)"));
        tab.AssertClean();
    }

    [Fact]
    public async Task Menu_Narrow_OpensByKeyAndClosesByEscape()
    {
        await using DashboardTab tab = await OpenAsync("menus", width: 390);
        var user = new KeyboardUser(tab);
        await tab.GoAsync("/connect");
        await user.ActivateAsync("Menu", isAbove: true);
        await tab.Page.Locator(".shell.menu-open").WaitForAsync();
        await user.GoToAsync("Publish");
        await user.PressAsync("Escape");
        await Assertions.Expect(tab.Page.Locator(".shell.menu-open")).ToHaveCountAsync(0);
        await user.FindsItselfAtAsync("Menu");
        await user.PressAsync("Enter");
        await tab.Page.Locator(".shell.menu-open").WaitForAsync();
        await user.ActivateAsync("Publish");
        await tab.Page.WaitForURLAsync("**/publish");
        await user.FindsItselfAtAsync("Publish");
        await Assertions.Expect(tab.Page.Locator(".shell.menu-open")).ToHaveCountAsync(0);
        tab.AssertClean();
    }

    [Fact]
    public async Task Form_Escape_ClosesItAndGoesBackToTheButtonThatOpenedIt()
    {
        await using DashboardTab tab = await OpenAsync("forms");
        var user = new KeyboardUser(tab);
        await tab.GoAsync("/flags");
        await user.ActivateAsync("New flag");
        await user.FindsItselfAtAsync("Key");
        await user.PressAsync("Escape");
        await user.FindsItselfAtAsync("New flag");

        await tab.GoAsync("/experiments");
        await user.ActivateAsync("New experiment");
        await user.FindsItselfAtAsync("Name");
        await user.PressAsync("Escape");
        await user.FindsItselfAtAsync("New experiment");

        await tab.GoAsync("/audiences");
        await user.ActivateAsync("New audience");
        await user.FindsItselfAtAsync("Name");
        await user.ActivateAsync("+ Add a condition");
        await user.FindsItselfAtAsync("Attribute of condition 1 of rule 1");
        await user.ActivateAsync("Remove condition 1 of rule 1");
        await user.KeepsTheFocusAsync("removing a condition");
        await user.PressAsync("Escape");
        await user.FindsItselfAtAsync("New audience");
        tab.AssertClean();
    }

    [Fact]
    public async Task Layers_RenamedAndDeletedByKeys_FocusGoesToWhatIsNext()
    {
        await using DashboardTab tab = await OpenAsync("layers");
        var user = new KeyboardUser(tab);
        await tab.GoAsync("/layers");
        await user.TypeAsync("Name of a new layer", "checkout");
        await user.PressAsync("Enter");
        await tab.SeesAsync("Layer created");
        await user.KeepsTheFocusAsync("creating a layer");

        await user.ActivateAsync("Rename layer checkout", isAbove: true);
        await user.FindsItselfAtAsync("New name");
        await user.PressAsync("Escape");
        await user.FindsItselfAtAsync("Rename layer checkout");
        await user.PressAsync("Enter");
        await user.FindsItselfAtAsync("New name");
        await user.PressAsync("Control+a");
        await user.TypeAsync("basket");
        await user.PressAsync("Enter");
        await tab.SeesAsync("Layer renamed");
        await user.KeepsTheFocusAsync("renaming it");

        await user.GoToAsync("Delete layer basket");
        await user.PressAsync("Enter");
        await user.FindsItselfAtAsync("Keep layer basket");
        await user.PressAsync("Escape");
        await user.FindsItselfAtAsync("Delete layer basket");
        await user.PressAsync("Enter");
        await user.FindsItselfAtAsync("Keep layer basket");
        await user.ActivateAsync("Delete for good layer basket", isAbove: true);
        await tab.SeesAsync("Layer deleted");
        await user.KeepsTheFocusAsync("deleting it");
        tab.AssertClean();
    }

    [Fact]
    public async Task Dialog_Escape_ClosesItAndGoesBackToTheButtonThatOpenedIt()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, "dialogs");
        string experiment = await DashboardContent.CreateExperimentAsync(fixture.Server.Http, environment, "dialog");
        await DashboardContent.PatchAsync(fixture.Server.Http, $"/api/experiments/{experiment}/status", new { status = "RUNNING" });
        await using DashboardTab tab = await fixture.OpenAsync(environment: "dialogs");
        var user = new KeyboardUser(tab);

        await tab.GoAsync("/publish");
        await user.ActivateAsync("Roll back to version 1");
        await user.FindsItselfAtAsync("Why");
        await user.EscapesToAsync("Roll back to version 1");

        await tab.GoAsync($"/experiments/{experiment}");
        await user.ActivateAsync("Delete");
        await user.FindsItselfAtAsync("Type dialog");
        await user.TypeAsync("dialog");
        await user.EscapesToAsync("Delete");
        Assert.Single(await DashboardContent.ListAsync(fixture.Server.Http, "experiments", environment));
        tab.AssertClean();
    }

    [Fact]
    public async Task Rules_MovedByKeys_KeepTheFocusAndTheNewOrder()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, "orders");
        string id = await DashboardContent.CreateFlagAsync(fixture.Server.Http, environment, "ordered");
        await DashboardContent.PatchAsync(fixture.Server.Http, $"/api/flags/{id}", new
        {
            rules = new[] { "first", "second", "third" }.Select(static name => new { name, serve = new { variant = "on" } }),
        });
        await using DashboardTab tab = await fixture.OpenAsync(environment: "orders");
        var user = new KeyboardUser(tab);
        await tab.GoAsync($"/flags/{id}");
        await user.GoToAsync("Move rule 3 up");
        await user.PressAsync("Enter");
        await tab.SeesAsync("2. third");
        await user.FindsItselfAtAsync("Move rule 2 up");
        await user.PressAsync("Enter");
        await tab.SeesAsync("1. third");
        await user.KeepsTheFocusAsync("moving a rule to the top");
        await user.ActivateAsync("Save");
        await tab.SeesAsync("Flag saved");

        JsonElement flag = await DashboardContent.GetAsync(fixture.Server.Http, $"/api/flags/{id}");
        Assert.Equal(["third", "first", "second"], flag.GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("name").GetString()));
        tab.AssertClean();
    }

    private async Task<DashboardTab> OpenAsync(string environment, int width = 1280)
    {
        await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, environment);
        return await fixture.OpenAsync(width, environment: environment);
    }
}
