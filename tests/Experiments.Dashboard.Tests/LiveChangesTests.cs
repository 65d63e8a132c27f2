using System.Net.Http.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>What somebody else changes shows on every open page without a reload.</summary>
public sealed class LiveChangesTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Pages_SomebodyElseChangesWhatTheyShow_ShowItWithoutAReload()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "live");
        string experiment = await DashboardContent.CreateExperimentAsync(Http, environment, "there-before");
        string flag = await DashboardContent.CreateFlagAsync(Http, environment, "flag-before");
        (string Path, string Seen)[] pages =
        [
            ("/", "created experiment made-elsewhere"), ("/experiments", "made-elsewhere"), ($"/experiments/{experiment}", "Named elsewhere"), ("/flags", "flag-elsewhere"),
            ($"/flags/{flag}", "Flag named elsewhere"), ("/audiences", "Audience made elsewhere"), ("/environments", "environment-elsewhere"), ("/publish", "note made elsewhere"),
            ("/try?user_key=a", "flag-elsewhere"), ("/layers", "layer-elsewhere"), ("/audit", "created audience Audience made elsewhere"),
        ];
        List<DashboardTab> tabs = [];
        foreach ((string path, string seen) in pages)
        {
            DashboardTab tab = await fixture.OpenAsync(environment: "live");
            tabs.Add(tab);
            await tab.GoAsync(path);
            Assert.Equal(0, await tab.Page.GetByText(seen).CountAsync());
        }

        await DashboardContent.CreateAsync(Http, "/api/environments", new { name = "environment-elsewhere" });
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{experiment}", new { name = "Named elsewhere" });
        await DashboardContent.PatchAsync(Http, $"/api/flags/{flag}", new { name = "Flag named elsewhere" });
        await DashboardContent.CreateAsync(Http, "/api/layers", new { name = "layer-elsewhere", environmentId = environment });
        await DashboardContent.CreateAsync(Http, "/api/audiences", new { name = "Audience made elsewhere", environmentId = environment, rules = Array.Empty<object>() });
        await DashboardContent.CreateAsync(Http, "/api/experiments", new { name = "made-elsewhere", key = "made-elsewhere", environmentId = environment });
        await DashboardContent.CreateFlagAsync(Http, environment, "flag-elsewhere");
        (await Http.PostAsJsonAsync($"/api/environments/{environment}/publish", new { note = "note made elsewhere" })).EnsureSuccessStatusCode();

        foreach ((DashboardTab tab, (string path, string seen)) in tabs.Zip(pages))
        {
            await Assertions.Expect(tab.Page.Locator("main").GetByText(seen).First).ToBeVisibleAsync(new() { Timeout = (float)Eventually.DefaultWithin.TotalMilliseconds });
            tab.AssertClean();
            Assert.EndsWith(path, tab.Page.Url, StringComparison.Ordinal);
        }

        // The environment that somebody made can be chosen, on every page.
        Assert.Equal(1, await tabs[0].Page.Locator(".environment-picker option", new() { HasText = "environment-elsewhere" }).CountAsync());
        foreach (DashboardTab tab in tabs)
        {
            await tab.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connect_TheFirstFlagIsMade_NamesIt()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "connected");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "connected");
        await tab.GoAsync("/connect");
        await DashboardContent.CreateFlagAsync(Http, environment, "connected-flag");
        await tab.SeesAsync("connected-flag");
        tab.AssertClean();
    }

    [Fact]
    public async Task Publish_CannotBeWritten_SaysWhyUntilItCan()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "failing");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "failing");
        string directory = Path.Combine(fixture.Server.ContentRoot, "data", "snapshots", "configs", "failing");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "failing");
        await tab.GoAsync("/publish");

        // A file is where the directory of its snapshots should be.
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        await File.WriteAllTextAsync(directory, "");
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{id}/status", new { status = "RUNNING" });
        ILocator notice = tab.Page.Locator(".notice.error", new() { HasText = "Publishing fails since" });
        await notice.WaitForAsync();
        await tab.ScreenshotAsync("publish-failed");
        Assert.Empty(await tab.ViolationsAsync());

        File.Delete(directory);
        await notice.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await tab.SeesAsync("since version 1, which is live");
        tab.AssertClean();
    }
}
