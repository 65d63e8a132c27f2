using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The server goes away while pages with forms are open: each reconnects, and what was typed is there again.</summary>
public sealed class RestartTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Pages_ServerIsKilledAndStartedAgain_ReconnectWithWhatWasTyped()
    {
        HttpClient http = fixture.Server.Http;
        string environment = await DashboardContent.CreateEnvironmentAsync(http, "prod");
        string experiment = await DashboardContent.CreateExperimentAsync(http, environment, "restarted");
        string flag = await DashboardContent.CreateFlagAsync(http, environment, "restarted-flag");
        await DashboardContent.CreateAsync(http, "/api/layers", new { name = "checkout", environmentId = environment });
        Form[] forms =
        [
            new("/", static tab => tab.Page.GetByLabel("Your name, for the audit log")),
            new("/experiments?new=1", static tab => tab.Field("Name")),
            new("/flags?new=1", static tab => tab.Field("Key")),
            new("/environments", static tab => tab.Field("Name of the environment")),
            new("/publish", static tab => tab.Field("Note")),
            new("/try", static tab => tab.Field("User key")),
            new("/layers", static tab => tab.Field("New name"), static tab => tab.ClickAsync("Rename layer checkout")),
            new("/audit", static tab => tab.Field("Who")),
            new($"/experiments/{experiment}", static tab => tab.Page.Locator("#experiment-description")),
            new($"/flags/{flag}", static tab => tab.Page.Locator("#description")),
        ];
        List<DashboardTab> tabs = [];
        try
        {
            foreach (Form form in forms)
            {
                DashboardTab tab = await fixture.OpenAsync();
                tabs.Add(tab);
                await tab.GoAsync(form.Path);
                if (form.Open is { } open)
                {
                    await open(tab);
                }

                await form.Field(tab).FillAsync("Half a sentence");
                tab.IsServerDown = true;
            }

            await fixture.Server.KillAsync();
            foreach (DashboardTab tab in tabs)
            {
                await tab.SeesAsync("The server does not answer");
            }

            await fixture.Server.StartAsync();
            foreach ((Form form, DashboardTab tab) in forms.Zip(tabs))
            {
                await tab.InteractiveAsync();
                await Assertions.Expect(form.Field(tab)).ToHaveValueAsync("Half a sentence");
                tab.IsServerDown = false;
            }

            // What is brought back is what is stored then.
            await tabs[1].ClickAsync("Create");
            await tabs[1].SeesAsync("Split");
            await tabs[6].ClickAsync("Save name");
            await tabs[6].SeesAsync("Layer renamed");
            Assert.Equal("Half a sentence", Assert.Single(await DashboardContent.ListAsync(http, "layers", environment)).GetProperty("name").GetString());
            await tabs[8].ClickAsync("Save");
            await tabs[8].SeesAsync("Saved");
            await tabs[9].ClickAsync("Save");
            await tabs[9].SeesAsync("Flag saved");
            Assert.All(tabs, static tab => tab.AssertClean());
        }
        finally
        {
            foreach (DashboardTab tab in tabs)
            {
                await tab.DisposeAsync();
            }
        }
    }

    private sealed record Form(string Path, Func<DashboardTab, ILocator> Field, Func<DashboardTab, Task>? Open = null);
}
