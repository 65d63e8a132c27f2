using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// The server is killed while something is typed, and somebody else changes the same thing before the page is back: what was typed comes back,
/// what was not typed is theirs, and what both changed is a question.
/// </summary>
public sealed class RestoredDraftTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Question = "Somebody else changed this while you were editing";

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Split_ChangedByBoth_IsAQuestion()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-split");
        await using DashboardTab page = tab;
        await tab.Page.Locator("#coverage").FillAsync("60");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.SeesAsync("Save split");

        await RestartAsync(tab, () => TheySplitAsync(id));
        await tab.ClickAsync("Save split");

        await tab.SeesAsync(Question);
        Assert.Equal(0.4m, (await ExperimentAsync(id)).GetProperty("split").GetProperty("coverage").GetDecimal());
        tab.AssertClean();
    }

    [Fact]
    public async Task Variants_EachChangedAnother_AreBoth()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-variants");
        await using DashboardTab page = tab;
        await tab.Page.Locator("#variant-name-0").FillAsync("Mine");
        await tab.SeesAsync("Save variants");

        await RestartAsync(tab, () => TheyRenameVariantAsync(id, 1));
        await tab.ClickAsync("Save variants");

        await tab.SeesAsync("Variants saved");
        Assert.Equal(["Mine", "Theirs"], await VariantNamesAsync(id));
        tab.AssertClean();
    }

    [Fact]
    public async Task Variants_SameChangedByBoth_AreAQuestion()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-variant");
        await using DashboardTab page = tab;
        await tab.Page.Locator("#variant-name-0").FillAsync("Mine");
        await tab.SeesAsync("Save variants");

        await RestartAsync(tab, () => TheyRenameVariantAsync(id, 0));
        await tab.ClickAsync("Save variants");

        await tab.SeesAsync(Question);
        Assert.Equal("Theirs", (await VariantNamesAsync(id))[0]);
        tab.AssertClean();
    }

    [Fact]
    public async Task Variant_TypedAfterAnotherWasSaved_LeavesThatOneToThem()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-saved");
        await using DashboardTab page = tab;
        await tab.Page.Locator("#variant-name-1").FillAsync("Saved");
        await tab.ClickAsync("Save variants");
        await tab.SeesAsync("Variants saved");
        await tab.Page.Locator("#variant-name-0").FillAsync("Mine");
        await tab.SeesAsync("Save variants");

        await RestartAsync(tab, () => TheyRenameVariantAsync(id, 1));
        await tab.ClickAsync("Save variants");

        await tab.SeesAsync("Variants saved");
        Assert.Equal(["Mine", "Theirs"], await VariantNamesAsync(id));
        tab.AssertClean();
    }

    [Fact]
    public async Task Details_EachChangedAnother_CanKeepBoth()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-details");
        await using DashboardTab page = tab;
        await tab.Page.Locator("#experiment-description").FillAsync("Mine");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).WaitForAsync();

        await RestartAsync(tab, () => DashboardContent.PatchAsync(Http, $"/api/experiments/{id}", new { name = "Theirs" }));
        await tab.SeesAsync(Question);
        await tab.ClickAsync("Keep both");

        await tab.SeesAsync("Saved");
        await AssertBothAsync($"/api/experiments/{id}");
        tab.AssertClean();
    }

    [Fact]
    public async Task Details_ServerNeverSawWhatWasTyped_IsBack()
    {
        (string id, DashboardTab tab) = await OpenExperimentAsync("restored-unseen");
        await using DashboardTab page = tab;
        fixture.Server.Suspend();
        await tab.Page.Locator("#experiment-description").FillAsync("Mine");

        await RestartAsync(tab, () => DashboardContent.PatchAsync(Http, $"/api/experiments/{id}", new { name = "Theirs" }));
        await tab.ClickAsync("Save");

        await tab.SeesAsync("Saved");
        await AssertBothAsync($"/api/experiments/{id}");
        tab.AssertClean();
    }

    [Fact]
    public async Task Flag_EachChangedAnother_CanKeepBoth()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "restored-flag");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "restored-flag");
        await tab.GoAsync($"/flags/{id}");
        await tab.Page.Locator("#description").FillAsync("Mine");
        await tab.SeesAsync("Not saved yet");

        await RestartAsync(tab, () => DashboardContent.PatchAsync(Http, $"/api/flags/{id}", new { name = "Theirs" }));
        await tab.SeesAsync(Question);
        await tab.ClickAsync("Keep both");

        await tab.SeesAsync("Flag saved");
        await AssertBothAsync($"/api/flags/{id}");
        tab.AssertClean();
    }

    private async Task AssertBothAsync(string path)
    {
        JsonElement stored = await DashboardContent.GetAsync(Http, path);
        Assert.Equal(("Theirs", "Mine"), (stored.GetProperty("name").GetString(), stored.GetProperty("description").GetString()));
    }

    private async Task<(string Id, DashboardTab Tab)> OpenExperimentAsync(string name)
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, name);
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, name);
        DashboardTab tab = await fixture.OpenAsync(environment: name);
        await tab.GoAsync($"/experiments/{id}");
        return (id, tab);
    }

    // The page does not see that the server is back before they have changed something.
    private async Task RestartAsync(DashboardTab tab, Func<Task> change)
    {
        await tab.MarkAsync();
        await tab.Page.RouteAsync("**/health", static route => route.AbortAsync());
        tab.IsServerDown = true;
        await fixture.Server.KillAsync();
        await tab.SeesAsync("The server does not answer");
        await fixture.Server.StartAsync();
        await change();
        await tab.Page.UnrouteAsync("**/health");
        await tab.ReloadedAsync();
        await tab.SeesAsync("What you had typed is back");
        tab.IsServerDown = false;
    }

    private async Task TheySplitAsync(string id)
    {
        JsonElement variants = (await ExperimentAsync(id)).GetProperty("variants");
        await DashboardContent.PutAsync(Http, $"/api/experiments/{id}/split", new
        {
            weights = variants.EnumerateArray().Select(static one => new { variantId = one.GetProperty("id").GetString(), weight = 1 }), coverage = 0.4,
        });
    }

    private async Task TheyRenameVariantAsync(string id, int index)
    {
        string variant = (await ExperimentAsync(id)).GetProperty("variants")[index].GetProperty("id").GetString()!;
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{id}/variants", new { update = new[] { new { id = variant, name = "Theirs" } } });
    }

    private Task<JsonElement> ExperimentAsync(string id) => DashboardContent.GetAsync(Http, $"/api/experiments/{id}");

    private async Task<IReadOnlyList<string?>> VariantNamesAsync(string id) =>
        [.. (await ExperimentAsync(id)).GetProperty("variants").EnumerateArray().Select(static one => one.GetProperty("name").GetString())];
}
