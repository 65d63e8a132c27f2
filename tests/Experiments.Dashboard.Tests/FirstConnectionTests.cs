using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>A page that is loaded while its server is not quite there: it goes on trying, and still has what the page before it had.</summary>
public sealed class FirstConnectionTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Page_CannotConnectAtFirstWhenItIsLoadedAgain_StillHasWhatWasTyped()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, "prod");
        string experiment = await DashboardContent.CreateExperimentAsync(fixture.Server.Http, environment, "loaded-again");
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/experiments/{experiment}");
        ILocator description = tab.Page.Locator("#experiment-description");
        await description.FillAsync("Half a sentence");
        await tab.MarkAsync();
        tab.IsServerDown = true;

        // The page's own try to come back, and the one of the page that is loaded then.
        int refused = 0;
        await tab.Page.RouteAsync("**/_blazor/negotiate**", route => Interlocked.Increment(ref refused) <= 2 ? route.AbortAsync() : route.ContinueAsync());
        await fixture.Server.KillAsync();
        await tab.SeesAsync("The server does not answer");
        await fixture.Server.StartAsync();

        await Assertions.Expect(description).ToHaveValueAsync("Half a sentence");
        await tab.SeesAsync("What you had typed is back");
        Assert.True(Volatile.Read(ref refused) >= 3, $"{refused} tries to connect");
    }
}
