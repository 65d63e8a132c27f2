using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Whoever would lose what was typed is asked first: by a link, by Back, by another environment, and by the browser's own ways.</summary>
public sealed class LeavingTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Flag_LeftWithUnsavedChanges_AsksFirst()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "leaving");
        await DashboardContent.CreateEnvironmentAsync(Http, "other");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "leaving");
        await tab.GoAsync("/flags");
        await tab.Page.Locator($"main a[href='/flags/{id}']").First.ClickAsync();
        ILocator name = tab.Page.Locator("#name");
        await name.FillAsync("Half a sentence");
        await tab.SeesAsync("Not saved yet");

        await tab.Page.ClickAsync(".nav-item[href='/experiments']");
        await StaysAsync();
        await tab.Page.EvaluateAsync("() => history.back()");
        await StaysAsync();
        await tab.Page.GetByLabel("Environment", new() { Exact = true }).SelectOptionAsync("other");
        await StaysAsync();
        Assert.Equal("leaving", await tab.Page.EvaluateAsync<string>("() => document.querySelector('.environment-picker select').selectedOptions[0].text"));

        tab.StaysWhenAsked = true;
        await tab.Page.EvaluateAsync("() => setTimeout(() => location.reload(), 0)");
        await Eventually.PassesAsync(() => { Assert.Equal(1, tab.LeavesAsked); return Task.CompletedTask; }, "the browser's question");
        await Assertions.Expect(name).ToHaveValueAsync("Half a sentence");

        await tab.Page.ClickAsync(".nav-item[href='/experiments']");
        await tab.ClickAsync("Leave");
        await Eventually.PassesAsync(() => { Assert.EndsWith("/experiments", tab.Page.Url, StringComparison.Ordinal); return Task.CompletedTask; }, "the other page");
        tab.AssertClean();

        async Task StaysAsync()
        {
            await tab.SeesAsync("Leave without saving?");
            await tab.ClickAsync("Cancel");
            await Assertions.Expect(tab.Page.GetByText("Leave without saving?")).ToHaveCountAsync(0);
            await Assertions.Expect(name).ToHaveValueAsync("Half a sentence");
            Assert.EndsWith($"/flags/{id}", tab.Page.Url, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Flag_LeftWithoutChangesOrAfterSaving_DoesNotAsk()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "saved");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "saved");
        await tab.GoAsync($"/flags/{id}");
        await tab.Page.ClickAsync(".nav-item[href='/audiences']");
        await tab.SeesAsync("No audiences yet");
        await tab.GoAsync($"/flags/{id}");
        await tab.Page.Locator("#name").FillAsync("A name");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved");
        await tab.Page.ClickAsync(".nav-item[href='/audiences']");
        await tab.SeesAsync("No audiences yet");
        await tab.Page.ReloadAsync();
        await tab.InteractiveAsync();
        Assert.Equal(0, tab.LeavesAsked);
        tab.AssertClean();
    }
}
