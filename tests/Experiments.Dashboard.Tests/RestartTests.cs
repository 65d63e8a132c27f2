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
            new("/", static tab => tab.Page.GetByLabel("Your name, for the audit log"), IsLong: true),
            new("/experiments?new=1", static tab => tab.Field("Name")),
            new("/flags", static tab => tab.Field("Key"), static tab => tab.ClickAsync("New flag"), IsLong: true),
            new("/experiments", static tab => tab.Field("Name"), static tab => tab.ClickAsync("New experiment"), IsLong: true),
            new("/audiences", static tab => tab.Field("Value of condition 1 of rule 1"), static async tab =>
            {
                await tab.ClickAsync("New audience");
                await tab.Field("Name").FillAsync("An audience");
                await tab.ClickAsync("+ Add a condition");
                await tab.Field("Attribute of condition 1 of rule 1").FillAsync("plan");
            }),
            new("/environments", static tab => tab.Field("Name of the environment"), IsLong: true),
            new("/publish", static tab => tab.Field("Note"), IsLong: true),
            new("/try", static tab => tab.Field("User key"), IsLong: true),
            new("/layers", static tab => tab.Field("New name"), static tab => tab.ClickAsync("Rename layer checkout")),
            new("/audit", static tab => tab.Field("Who"), IsLong: true),
            new($"/experiments/{experiment}", static tab => tab.Page.Locator("#experiment-description"), static tab => tab.ClickAsync("+ Add a condition"), IsLong: true),
            new($"/experiments/{experiment}", static tab => tab.Page.Locator("#variant-name-2"), static async tab =>
            {
                await tab.ClickAsync("Add variant");
                await tab.Page.Locator("#variant-key-2").FillAsync("c");
            }),
            new($"/flags/{flag}", static tab => tab.Page.Locator("#rule-0-name"), static tab => tab.ClickAsync("Add rule")),
        ];
        if (!LongRun.Enabled)
        {
            forms = [.. forms.Where(static form => !form.IsLong)];
        }

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
                await tab.MarkAsync();
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
                await tab.ReloadedAsync();
                await Assertions.Expect(form.Field(tab)).ToHaveValueAsync("Half a sentence");
                tab.IsServerDown = false;
            }

            // What is brought back is what is stored then.
            DashboardTab Of(string start, int skip = 0) => tabs[forms.Index().Where(one => one.Item.Path.StartsWith(start, StringComparison.Ordinal)).Skip(skip).First().Index];
            await Of("/experiments?new").ClickAsync("Create");
            await Of("/experiments?new").SeesAsync("Split");
            await Of("/layers").ClickAsync("Save name");
            await Of("/layers").SeesAsync("Layer renamed");
            Assert.Equal("Half a sentence", Assert.Single(await DashboardContent.ListAsync(http, "layers", environment)).GetProperty("name").GetString());
            await Of("/audiences").ClickAsync("Create audience");
            await Of("/audiences").SeesAsync("plan is Half a sentence");
            int variants = LongRun.Enabled ? 1 : 0;
            await Of($"/experiments/{experiment}", variants).ClickAsync("Save variants");
            await Of($"/experiments/{experiment}", variants).SeesAsync("Variants saved");
            await Of($"/flags/{flag}").Page.Locator("#rule-0-variant").SelectOptionAsync("on");
            await Of($"/flags/{flag}").ClickAsync("Save");
            await Of($"/flags/{flag}").SeesAsync("Flag saved");
            Assert.Equal("Half a sentence", (await DashboardContent.GetAsync(http, $"/api/flags/{flag}")).GetProperty("rules")[0].GetProperty("name").GetString());

            if (LongRun.Enabled)
            {
                // The other tab has changed the experiment's variants since, which is nothing to this form.
                await Of($"/experiments/{experiment}").Field("Attribute of condition 1 of rule 1").FillAsync("plan");
                await Of($"/experiments/{experiment}").Field("Value of condition 1 of rule 1").FillAsync("pro");
                await Of($"/experiments/{experiment}").ClickAsync("Save");
                await Of($"/experiments/{experiment}").SeesAsync("Saved");
                Assert.Equal("Half a sentence", (await DashboardContent.GetAsync(http, $"/api/experiments/{experiment}")).GetProperty("description").GetString());
            }

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

    private sealed record Form(string Path, Func<DashboardTab, ILocator> Field, Func<DashboardTab, Task>? Open = null, bool IsLong = false);
}
