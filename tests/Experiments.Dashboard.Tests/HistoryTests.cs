using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>What was changed of a flag or an experiment, and the way back.</summary>
public sealed class HistoryTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Restore = "Restore what was before this";

    private readonly DefinitionsApi _api = new(fixture.Server.Http);

    [Fact]
    public async Task Flag_EntryOpened_SaysWhatChangedAndBringsItBackWithItsBuckets()
    {
        string environmentId = await _api.EnvironmentAsync("flag-history");
        string id = await _api.FlagAsync(new
        {
            key = "search", type = "string", environmentId, enabled = true, description = "First",
            variants = new[] { new { key = "a", value = "a" }, new { key = "b", value = "b" } },
            rules = new[] { new { name = "Half", serve = new { split = new { weights = new[] { new { variant = "a", weight = 1 }, new { variant = "b", weight = 1 } }, coverage = 1 } } } },
        });
        JsonElement before = await _api.ReadAsync($"flags/{id}");
        await _api.PatchAsync($"flags/{id}", new { rules = Array.Empty<object>(), description = "Second", @default = "a" });
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        ILocator entries = tab.Page.Locator(".history .entry");
        await Assertions.Expect(entries).ToHaveCountAsync(2);
        await entries.First.Locator(".summary").First.ClickAsync();
        await Assertions.Expect(entries.First).ToContainTextAsync("Description \"First\" -> \"Second\"");
        await Assertions.Expect(entries.First).ToContainTextAsync("was removed");
        await entries.First.GetByText("As JSON").ClickAsync();
        await Assertions.Expect(entries.First.Locator(".diff-line.removed").Filter(new() { HasText = "\"description\": \"First\"" })).ToHaveCountAsync(1);
        await Assertions.Expect(entries.First.Locator(".diff-line.added").Filter(new() { HasText = "\"description\": \"Second\"" })).ToHaveCountAsync(1);
        await Assertions.Expect(entries.First.Locator(".diff-line.added").Filter(new() { HasText = "\"key\": \"search\"" })).ToHaveCountAsync(0);
        await tab.ScreenshotAsync("flag-history");
        Assert.Empty(await tab.ViolationsAsync());

        await tab.ClickAsync(Restore);
        await tab.SeesAsync("What restoring would change");
        await tab.ScreenshotAsync("flag-restore");
        Assert.Empty(await tab.ViolationsAsync());

        // What somebody else changes while one looks is not overwritten unseen.
        await _api.PatchAsync($"flags/{id}", new { name = "Theirs" });
        await tab.ClickAsync("Restore");
        await tab.SeesAsync("Look at the changes again");
        Assert.Equal("Second", (await _api.ReadAsync($"flags/{id}")).GetProperty("description").GetString());
        await tab.SeesAsync("Name \"Theirs\" -> \"search\"");
        await tab.ClickAsync("Restore");
        await tab.SeesAsync("Restored");
        JsonElement after = await _api.ReadAsync($"flags/{id}");
        Assert.Equal("First", after.GetProperty("description").GetString());
        Assert.Equal(JsonValueKind.Null, after.GetProperty("default").ValueKind);
        JsonElement split = after.GetProperty("rules")[0].GetProperty("serve").GetProperty("split");
        JsonElement formerSplit = before.GetProperty("rules")[0].GetProperty("serve").GetProperty("split");
        Assert.Equal(formerSplit.GetProperty("salt").GetString(), split.GetProperty("salt").GetString());
        await Assertions.Expect(tab.Page.Locator("#description")).ToHaveValueAsync("First");
        await Assertions.Expect(entries).ToHaveCountAsync(4);
        tab.AssertClean();
    }

    [Fact]
    public async Task Flag_WithManyEntries_ShowsOlderOnesWhenAsked()
    {
        string environmentId = await _api.EnvironmentAsync("long-history");
        string id = await _api.FlagAsync(new { key = "often", type = "boolean", environmentId, variants = new[] { new { key = "on", value = true } } });
        for (int i = 0; i < 14; i++)
        {
            await _api.PatchAsync($"flags/{id}", new { description = $"Text {i}" });
        }

        await using DashboardTab tab = await fixture.OpenAsync(390);
        await tab.GoAsync($"/flags/{id}");
        ILocator entries = tab.Page.Locator(".history .entry");
        await Assertions.Expect(entries).ToHaveCountAsync(10);
        await entries.First.Locator(".summary").First.ClickAsync();
        await Assertions.Expect(entries.First).ToContainTextAsync("Description \"Text 12\" -> \"Text 13\"");
        await tab.ClickAsync("Older");
        await Assertions.Expect(entries).ToHaveCountAsync(15);
        await Assertions.Expect(entries.Last).ToContainTextAsync("created flag often");
        Assert.Empty(await tab.ViolationsAsync());
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // A change by somebody else comes on top, and none of the older ones goes.
        await _api.PatchAsync($"flags/{id}", new { description = "Newest" });
        await Assertions.Expect(entries).ToHaveCountAsync(16);
        await tab.ScreenshotAsync("flag-history-narrow");
        tab.AssertClean();
    }

    [Fact]
    public async Task Flag_WhoseAudienceIsGone_SaysWhyItCannotComeBack()
    {
        string environmentId = await _api.EnvironmentAsync("gone");
        await _api.ApplyAsync(environmentId, """
            {
              "format": "experiments/1",
              "audiences": [{"name": "Beta", "rules": [{"conditions": [{"attribute": "beta", "operator": "eq", "value": true}]}]}],
              "flags": [{"key": "new", "name": "New", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}], "rules": [{"audience": "Beta", "serve": {"variant": "on"}}]}]
            }
            """);
        string id = await _api.FindAsync("flags", environmentId, "new");
        await _api.PatchAsync($"flags/{id}", new { rules = Array.Empty<object>() });
        string audienceId = (await _api.ReadAsync($"audiences?environmentId={environmentId}")).GetProperty("data")[0].GetProperty("id").GetString()!;
        (await fixture.Server.Http.DeleteAsync(new Uri($"/api/audiences/{audienceId}", UriKind.Relative))).EnsureSuccessStatusCode();
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        await tab.Page.Locator(".history .summary").First.ClickAsync();
        await tab.ClickAsync(Restore);

        await tab.SeesAsync("Rule 1 was for an audience that is not there any more");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Restore", Exact = true })).ToHaveCountAsync(0);
        tab.AssertClean();
    }

    [Fact]
    public async Task Experiment_RestoredAndUndone_KeepsWhatTheLifecycleDemands()
    {
        string environmentId = await _api.EnvironmentAsync("experiment-history");
        await _api.ApplyAsync(environmentId, """
            {
              "format": "experiments/1",
              "experiments": [{"key": "button", "name": "Button", "status": "DRAFT", "variants": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
                               "split": {"weights": {"a": 1, "b": 1}, "coverage": 0.5}}]
            }
            """);
        string id = await _api.FindAsync("experiments", environmentId, "button");
        await _api.PatchAsync($"experiments/{id}", new { description = "Typed while it was a draft" });
        await _api.PatchAsync($"experiments/{id}/status", new { status = "RUNNING" });
        await _api.PatchAsync($"experiments/{id}", new { description = "Typed while it ran" });
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/experiments/{id}");

        // The draft's description comes back, its status cannot.
        await tab.Page.Locator(".history .summary").Nth(2).ClickAsync();
        await tab.ClickAsync(Restore);
        await tab.SeesAsync("Description \"Typed while it ran\" -> none");
        await tab.ClickAsync("Restore");
        await tab.SeesAsync("Restored");
        JsonElement restored = await _api.ReadAsync($"experiments/{id}");
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("description").ValueKind);
        Assert.Equal("RUNNING", restored.GetProperty("status").GetString());

        await tab.ClickAsync("Pause");
        await tab.SeesAsync("Paused");
        await tab.ClickAsync("Undo");
        await Eventually.PassesAsync(
            async () => Assert.Equal("RUNNING", (await _api.ReadAsync($"experiments/{id}")).GetProperty("status").GetString()), "it runs again");
        await tab.ScreenshotAsync("experiment-history");
        Assert.Empty(await tab.ViolationsAsync());
        tab.AssertClean();
    }
}
