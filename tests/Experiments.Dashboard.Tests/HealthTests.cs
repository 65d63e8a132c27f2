using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>What the overview says of stores, publishing and deciding.</summary>
public sealed class HealthTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Overview_SnapshotDirectoryBreaks_SaysSoWithoutAReloadAndRecovers()
    {
        HttpClient http = fixture.Server.Http;
        string environmentId = await MakeAsync(http);
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/");
        await Assertions.Expect(Row(tab, "Definition store")).ToContainTextAsync("Healthy");
        await Assertions.Expect(Row(tab, "Definition store")).ToContainTextAsync("experiments.db");
        await Assertions.Expect(Row(tab, "Snapshot store")).ToContainTextAsync("Healthy");
        await Assertions.Expect(Row(tab, "Publishing")).ToContainTextAsync("Healthy");
        await Assertions.Expect(Row(tab, "Decide prod")).ToContainTextAsync("Nobody has asked");
        await http.GetStringAsync("/api/decide?user_key=u&env=prod");
        await Assertions.Expect(Row(tab, "Decide prod")).ToContainTextAsync("Decides by version 1, confirmed by the snapshot store");

        string snapshots = Path.Combine(fixture.Server.ContentRoot, "data", "snapshots");
        Directory.Move(snapshots, snapshots + ".away");
        await File.WriteAllTextAsync(snapshots, "in the way");
        HttpResponseMessage changed = await http.PostAsJsonAsync("/api/flags", Flag(environmentId, "second"));
        Assert.True(changed.IsSuccessStatusCode);

        await Assertions.Expect(Row(tab, "Snapshot store")).ToContainTextAsync("Failing");
        await Assertions.Expect(Row(tab, "Publishing prod")).ToContainTextAsync("stored but not live");
        await Assertions.Expect(Row(tab, "Publishing prod")).ToContainTextAsync(snapshots);
        await Assertions.Expect(Row(tab, "Decide prod")).ToContainTextAsync("Goes on deciding by version 1");
        await Assertions.Expect(tab.Page.Locator("section[aria-labelledby=health] [role=status]")).ToHaveTextAsync("2 things are failing");
        Assert.Empty(await tab.ViolationsAsync());
        await tab.ScreenshotAsync("overview-failing");
        await using (DashboardTab dark = await fixture.OpenAsync(390, isDark: true))
        {
            await dark.GoAsync("/");
            await Assertions.Expect(Row(dark, "Snapshot store")).ToContainTextAsync("Failing");
            await dark.ScreenshotAsync("overview-failing-narrow-dark");
            Assert.Empty(await dark.ViolationsAsync());
            Assert.True(await dark.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        }

        File.Delete(snapshots);
        Directory.Move(snapshots + ".away", snapshots);
        await Assertions.Expect(Row(tab, "Snapshot store")).ToContainTextAsync("Healthy");
        await Assertions.Expect(Row(tab, "Publishing")).ToContainTextAsync("Healthy");
        await Assertions.Expect(Row(tab, "Decide prod")).ToContainTextAsync("Decides by version 2");
        await Assertions.Expect(tab.Page.Locator("section[aria-labelledby=health] [role=status]")).ToHaveTextAsync("All is well");
        tab.AssertClean();
    }

    [Fact]
    public async Task Overview_ProcessWithoutDecide_SaysWhereToLook()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [("Roles", "control,dashboard")]);
        await MakeAsync(server.Http);
        string html = await server.Http.GetStringAsync("/");

        Assert.Contains("This process decides nothing", html, StringComparison.Ordinal);
        Assert.Contains("Takes snapshots, in ", html, StringComparison.Ordinal);
    }

    private static async Task<string> MakeAsync(HttpClient http)
    {
        JsonElement made = await (await http.PostAsJsonAsync("/api/environments", new { name = "prod" })).Content.ReadFromJsonAsync<JsonElement>();
        string environmentId = made.GetProperty("id").GetString()!;
        (await http.PostAsJsonAsync("/api/flags", Flag(environmentId, "first"))).EnsureSuccessStatusCode();
        return environmentId;
    }

    private static object Flag(string environmentId, string key) =>
        new { key, type = "boolean", environmentId, variants = new[] { new { key = "on", value = true } } };

    private static ILocator Row(DashboardTab tab, string name) =>
        tab.Page.Locator("section[aria-labelledby=health] li").Filter(new() { Has = tab.Page.Locator("strong").GetByText(name, new() { Exact = true }) });
}
