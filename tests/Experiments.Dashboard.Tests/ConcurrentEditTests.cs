using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// Two browsers edit the same thing. The first one saves; the second one is asked, and what is stored is the first one's until it has
/// chosen. Each case is run with both choices.
/// </summary>
public sealed class ConcurrentEditTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private HttpClient Http => fixture.Server.Http;

    [Theory]
    [Trait("Runs", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExperimentDetails_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"details-{isMine}");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "details");
        await ContestAsync(
            $"details-{isMine}", $"/experiments/{id}", isMine,
            (tab, text) => tab.Page.Locator("#experiment-name").FillAsync(text), "Save", "Saved",
            () => TextAsync($"/api/experiments/{id}", "name"));
    }

    [Theory]
    [Trait("Runs", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Variants_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"variants-{isMine}");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "variants");
        await ContestAsync(
            $"variants-{isMine}", $"/experiments/{id}", isMine,
            (tab, text) => tab.Page.Locator("#variant-name-0").FillAsync(text), "Save variants", "Variants saved",
            async () => (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetProperty("variants")[0].GetProperty("name").GetString()!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Split_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"split-{isMine}");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "split");
        await ContestAsync(
            $"split-{isMine}", $"/experiments/{id}", isMine,
            async (tab, text) =>
            {
                await tab.Page.Locator("#coverage").FillAsync(text == "theirs" ? "40" : "60");
                await tab.Page.Keyboard.PressAsync("Tab");
            },
            "Save split", "Split saved",
            async () => (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetProperty("split").GetProperty("coverage").GetDecimal() == 0.4m ? "theirs" : "mine");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flag_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"flag-{isMine}");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await ContestAsync(
            $"flag-{isMine}", $"/flags/{id}", isMine,
            (tab, text) => tab.Page.Locator("#name").FillAsync(text), "Save", "Flag saved",
            () => TextAsync($"/api/flags/{id}", "name"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audience_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"audience-{isMine}");
        string id = await DashboardContent.CreateAsync(Http, "/api/audiences", new { name = "audience", environmentId = environment, rules = Array.Empty<object>() });
        await ContestAsync(
            $"audience-{isMine}", "/audiences", isMine,
            async (tab, text) =>
            {
                await tab.ClickAsync("Edit audience");
                await tab.Field("Name").FillAsync(text);
            },
            "Save audience", "Audience saved",
            () => TextAsync($"/api/audiences/{id}", "name"));
    }

    [Theory]
    [Trait("Runs", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Layer_RenamedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"layer-{isMine}");
        string id = await DashboardContent.CreateAsync(Http, "/api/layers", new { name = "layer", environmentId = environment });
        await ContestAsync(
            $"layer-{isMine}", "/layers", isMine,
            async (tab, text) =>
            {
                await tab.ClickAsync("Rename layer layer");
                await tab.Field("New name").FillAsync(text);
            },
            "Save name", "Layer renamed",
            () => TextAsync($"/api/layers/{id}", "name"));
    }

    [Theory]
    [Trait("Runs", "Long")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Holdout_EditedByTwo_TheSecondChooses(bool isMine)
    {
        string environment = await NewAsync($"holdout-{isMine}");
        string id = await DashboardContent.CreateAsync(Http, "/api/holdouts", new { name = "holdout", environmentId = environment, share = 0.1 });
        await ContestAsync(
            $"holdout-{isMine}", "/layers", isMine,
            async (tab, text) =>
            {
                await tab.ClickAsync("Change holdout holdout");
                await tab.Page.Locator("[aria-label='Change the holdout'] #holdout-name").FillAsync(text);
            },
            "Save holdout", "Holdout saved",
            () => TextAsync($"/api/holdouts/{id}", "name"));
    }

    [Fact]
    public async Task Flag_TwoChangeOtherParts_KeepBothStoresBoth()
    {
        string environment = await NewAsync("both");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await using DashboardTab mine = await fixture.OpenAsync(environment: "both");
        await mine.GoAsync($"/flags/{id}");
        await mine.Page.Locator("#name").FillAsync("My name");
        await mine.Page.Locator("#tags").FillAsync("mine");
        await DashboardContent.PatchAsync(Http, $"/api/flags/{id}", new { description = "Their words", tags = new[] { "theirs" } });
        await mine.SeesAsync("They changed the description. Both of you changed the tags.");
        await mine.ScreenshotAsync("flag-conflict");
        await mine.ClickAsync("Keep both");
        await mine.SeesAsync("Flag saved");
        JsonElement stored = await DashboardContent.GetAsync(Http, $"/api/flags/{id}");
        Assert.Equal("My name", stored.GetProperty("name").GetString());
        Assert.Equal("Their words", stored.GetProperty("description").GetString());
        Assert.Equal("mine", stored.GetProperty("tags")[0].GetString());
        Assert.Equal("Their words", await mine.Page.Locator("#description").InputValueAsync());
        mine.AssertClean();
    }

    [Fact]
    public async Task Flag_SomebodyTurnsItOnWhileItIsEdited_NothingIsAskedAndBothAreStored()
    {
        string environment = await NewAsync("switched");
        string id = await DashboardContent.CreateFlagAsync(Http, environment, "flag");
        await using DashboardTab mine = await fixture.OpenAsync(environment: "switched");
        await mine.GoAsync($"/flags/{id}");
        await mine.Page.Locator("#name").FillAsync("My name");
        bool wasOn = (await DashboardContent.GetAsync(Http, $"/api/flags/{id}")).GetProperty("enabled").GetBoolean();
        await DashboardContent.PatchAsync(Http, $"/api/flags/{id}", new { enabled = !wasOn });
        await mine.ClickAsync("Save");
        await mine.SeesAsync("Flag saved");
        JsonElement stored = await DashboardContent.GetAsync(Http, $"/api/flags/{id}");
        Assert.Equal(("My name", !wasOn), (stored.GetProperty("name").GetString(), stored.GetProperty("enabled").GetBoolean()));
        mine.AssertClean();
    }

    [Fact]
    public async Task Experiment_TwoChangeOtherParts_KeepBothStoresBoth()
    {
        string environment = await NewAsync("both-experiment");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "experiment");
        await using DashboardTab mine = await fixture.OpenAsync(environment: "both-experiment");
        await mine.GoAsync($"/experiments/{id}");
        await mine.Page.Locator("#experiment-name").FillAsync("My name");
        await mine.Page.Locator("#coverage").FillAsync("60");
        await mine.Page.Keyboard.PressAsync("Tab");
        await DashboardContent.PatchAsync(Http, $"/api/experiments/{id}", new { description = "Their words" });

        // Of the split they changed nothing: it is not asked about.
        await mine.ClickAsync("Save split");
        await mine.SeesAsync("Split saved");
        await mine.SeesAsync("They changed the description.");
        await mine.ClickAsync("Keep both");
        await mine.SeesAsync("Saved");
        JsonElement stored = await Eventually.ReadAsync(
            _ => DashboardContent.GetAsync(Http, $"/api/experiments/{id}"), static one => one.GetProperty("name").GetString() == "My name", "my name stored");
        Assert.Equal("Their words", stored.GetProperty("description").GetString());
        Assert.Equal(0.6m, stored.GetProperty("split").GetProperty("coverage").GetDecimal());
        mine.AssertClean();
    }

    [Fact]
    public async Task EnvironmentMode_ChangedByTwo_BothSeeWhatIsStored()
    {
        await NewAsync("mode");
        await using DashboardTab mine = await fixture.OpenAsync(environment: "mode");
        await using DashboardTab theirs = await fixture.OpenAsync(environment: "mode");
        await mine.GoAsync("/publish");
        await theirs.GoAsync("/environments");
        await theirs.Page.Locator("tr", new() { HasText = "mode" }).GetByText("By hand").ClickAsync();
        await theirs.SeesAsync("Changes of mode wait for somebody to publish them");

        // It shows without a reload, so that the other one's choice is made knowing of it.
        await Assertions.Expect(mine.Page.GetByRole(AriaRole.Radio, new() { Name = "By hand" })).ToBeCheckedAsync();
        await mine.Page.GetByText("By themselves").ClickAsync();
        await mine.SeesAsync("Changes of mode go live by themselves");
        await Assertions.Expect(theirs.Page.Locator("tr", new() { HasText = "mode" }).GetByRole(AriaRole.Radio, new() { Name = "By themselves" })).ToBeCheckedAsync();
        mine.AssertClean();
        theirs.AssertClean();
    }

    // Both open it and type; they save, then I do.
    private async Task ContestAsync(
        string environment, string path, bool isMine, Func<DashboardTab, string, Task> type, string save, string saved, Func<Task<string>> stored)
    {
        await using DashboardTab mine = await fixture.OpenAsync(environment: environment);
        await using DashboardTab theirs = await fixture.OpenAsync(environment: environment);
        await mine.GoAsync(path);
        await theirs.GoAsync(path);
        await type(mine, "mine");
        await type(theirs, "theirs");
        await theirs.ClickAsync(save);
        await theirs.SeesAsync(saved);
        Assert.Equal("theirs", await stored());

        // It may have been said already that they changed it; if not, saving asks.
        if (await mine.Page.GetByText("Somebody else changed this while you were editing").CountAsync() == 0)
        {
            await mine.ClickAsync(save);
        }

        await mine.SeesAsync("Somebody else changed this while you were editing");
        Assert.Equal("theirs", await stored());
        await mine.ClickAsync(isMine ? "Keep mine" : "Take theirs");
        await Assertions.Expect(mine.Page.GetByText("Somebody else changed this while you were editing")).ToHaveCountAsync(0);
        await Eventually.ReadAsync(_ => stored(), value => value == (isMine ? "mine" : "theirs"), "what was chosen is stored");
        mine.AssertClean();
        theirs.AssertClean();
    }

    private Task<string> NewAsync(string environment) => DashboardContent.CreateEnvironmentAsync(Http, environment);

    private async Task<string> TextAsync(string path, string member) => (await DashboardContent.GetAsync(Http, path)).GetProperty(member).GetString()!;
}
