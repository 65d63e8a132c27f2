using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Where changes are published by hand, every page that shows one says that it is not live.</summary>
public sealed class ByHandTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Flag_ChangedSinceTheLiveVersion_IsMarkedUntilItIsPublished()
    {
        HttpClient http = fixture.Server.Http;
        string environment = await DashboardContent.CreateEnvironmentAsync(http, "by-hand");
        await DashboardContent.CreateFlagAsync(http, environment, "live");
        await DashboardContent.PatchAsync(http, $"/api/environments/{environment}", new { publish = "manual" });
        await using DashboardTab tab = await fixture.OpenAsync(environment: "by-hand");
        await tab.GoAsync("/flags");
        ILocator marks = tab.Page.GetByText("not published", new() { Exact = true });
        await Assertions.Expect(marks).ToHaveCountAsync(0);

        string waiting = await DashboardContent.CreateFlagAsync(http, environment, "waiting");
        await Assertions.Expect(marks).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.Locator(".nav-item .badge")).ToContainTextAsync("1");
        await tab.ScreenshotAsync("flags-by-hand");
        await tab.GoAsync($"/flags/{waiting}");
        await Assertions.Expect(marks).ToHaveCountAsync(1);
        await tab.GoAsync("/");
        await tab.SeesAsync("1 change waits to be published");

        await tab.GoAsync("/publish");
        await tab.ClickAsync("Publish");
        await Assertions.Expect(tab.Page.Locator(".nav-item .badge")).ToHaveCountAsync(0);
        await tab.GoAsync($"/flags/{waiting}");
        await tab.SeesAsync("in by-hand");
        await Assertions.Expect(marks).ToHaveCountAsync(0);
        tab.AssertClean();
    }
}
