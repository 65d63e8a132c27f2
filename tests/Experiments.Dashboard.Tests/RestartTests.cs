using System.Net.Http.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The server goes away while a page is open.</summary>
public sealed class RestartTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Page_ServerIsKilledAndStartedAgain_ReconnectsWithWhatWasTyped()
    {
        (await fixture.Server.Http.PostAsJsonAsync("/api/environments", new { name = "prod" })).EnsureSuccessStatusCode();
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/experiments?new=1");
        await tab.Field("Name").FillAsync("Half a sentence");
        tab.IsServerDown = true;
        await fixture.Server.KillAsync();
        await tab.SeesAsync("The server does not answer");
        await fixture.Server.StartAsync();

        await tab.SeesAsync("What you had typed is back");
        await Assertions.Expect(tab.Field("Name")).ToHaveValueAsync("Half a sentence");
        tab.IsServerDown = false;
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Split");
        tab.AssertClean();
    }
}
