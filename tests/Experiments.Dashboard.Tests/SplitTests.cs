using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The editor of an experiment's split.</summary>
public sealed class SplitTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Split_DraggedAndTyped_SaysWhomItMovesBeforeItIsSaved()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        string id = await DashboardContent.CreateExperimentAsync(fixture.Server.Http, await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, "prod"), "dragged");
        await tab.GoAsync($"/experiments/{id}");

        await tab.Page.Locator("#weight-0").FillAsync("3");
        await tab.Page.Locator("#weight-0").PressAsync("Tab");
        await tab.SeesAsync("of all users would move: b to a 25 %");
        await tab.ClickAsync("Undo");
        ILocator border = tab.Page.GetByRole(AriaRole.Slider, new() { Name = "End of a" });
        LocatorBoundingBoxResult box = (await border.BoundingBoxAsync())!;
        LocatorBoundingBoxResult bar = (await tab.Page.Locator("[data-drag-area]").BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(bar.X + (bar.Width * 0.75f), box.Y + 10, new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await tab.SeesAsync("b to a 25 %");
        await tab.ScreenshotAsync("split-dragged");
        await tab.ClickAsync("Save split");
        await tab.SeesAsync("Split saved");

        JsonElement experiment = await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/experiments/{id}");
        Assert.Equal([3L, 1L], experiment.GetProperty("split").GetProperty("weights").EnumerateArray().Select(static one => one.GetProperty("weight").GetInt64()));
        tab.AssertClean();
    }
}
