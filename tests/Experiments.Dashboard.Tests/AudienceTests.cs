using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>How many of pasted contexts an audience has.</summary>
public sealed class AudienceTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Theory]
    [InlineData("wide", 1280, false)]
    [InlineData("dark", 1280, true)]
    [InlineData("narrow", 390, false)]
    public async Task Contexts_PastedIntoTheEditor_AreCountedForRulesThatAreNotSaved(string look, int width, bool isDark)
    {
        await new DefinitionsApi(fixture.Server.Http).EnvironmentAsync($"prod-{look}");
        await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark);
        await tab.GoAsync("/audiences");
        await tab.ClickAsync("New audience");
        await tab.ClickAsync("+ Add a condition");
        await tab.Field("Attribute of condition 1 of rule 1").FillAsync("user.country");
        await tab.Field("Value of condition 1 of rule 1").FillAsync("US, CA");
        await tab.Page.GetByText("How many of my users match?").ClickAsync();
        await tab.ClickAsync("Count matches");
        await tab.SeesAsync("Paste some contexts first.");

        IEnumerable<string> lines = Enumerable.Range(0, 40).Select(static i => i switch
        {
            7 => "[1, 2]",
            9 => "{\"user\": ",
            11 => "",
            _ => JsonSerializer.Serialize(new { number = i, user = new { country = i % 3 == 0 ? "US" : "DE" } }),
        });
        await tab.Field("Contexts").FillAsync(string.Join('\n', lines));
        await tab.ClickAsync("Count matches");
        await tab.SeesAsync("13 of 37");
        await tab.SeesAsync("Line 8 is not a JSON object.");
        await tab.SeesAsync("Line 10 is not JSON: character 10.");
        await Assertions.Expect(tab.Page.Locator(".match li")).ToHaveCountAsync(13);
        await tab.ScreenshotAsync($"audience-matches-{look}");
        Assert.Empty(await tab.ViolationsAsync());
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // A list of thousands, of which the first twenty that match are shown.
        await tab.Field("Contexts").FillAsync(JsonSerializer.Serialize(
            Enumerable.Range(0, 4000).Select(static i => new { user = new { country = i % 2 == 0 ? "CA" : "FR", id = new string('x', 60) } })));
        await tab.ClickAsync("Count matches");
        await tab.SeesAsync("2,000 of 4,000");
        await Assertions.Expect(tab.Page.Locator(".match li")).ToHaveCountAsync(20);
        await tab.Field("Contexts").FillAsync($"[{string.Join(',', Enumerable.Repeat("{}", 5001))}]");
        await tab.ClickAsync("Count matches");
        await tab.SeesAsync("At most 5,000 at once; these are 5,001.");
        tab.AssertClean();
    }
}
