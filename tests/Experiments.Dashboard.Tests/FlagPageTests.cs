using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The page of a flag: schema, split, names that are typed, undo.</summary>
public sealed class FlagPageTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private readonly DefinitionsApi _api = new(fixture.Server.Http);

    [Fact]
    public async Task Schema_TypedLetterByLetter_IsCheckedAndSaysWhichVariantsDoNotFit()
    {
        string environmentId = await _api.EnvironmentAsync("schema");
        string id = await _api.FlagAsync(new
        {
            key = "banner", type = "json", environmentId, off = "plain",
            variants = new object[] { new { key = "plain", value = new { text = "Hello", size = 1 } }, new { key = "loud", value = new { text = "HELLO" } } },
        });
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        await tab.ClickAsync("+ JSON Schema");
        ILocator schema = tab.Page.Locator("#schema");
        await schema.FillAsync("{\"type\": ");
        await tab.SeesAsync("Not valid JSON: line 1");
        await schema.FillAsync("{\"type\": \"nothing\"}");
        await tab.SeesAsync("The schema");
        await schema.FillAsync("{\"type\": \"object\", \"required\": [\"text\", \"size\"]}");
        await tab.SeesAsync("Does not fit: loud");
        await Assertions.Expect(tab.Page.Locator("#variant-1-fault")).ToContainTextAsync("does not fit the schema");
        await Assertions.Expect(tab.Page.Locator("#variant-0-fault")).ToBeEmptyAsync();
        await tab.ScreenshotAsync("flag-schema");
        Assert.Empty(await tab.ViolationsAsync());
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Variant \"loud\": The value does not fit the schema");
        Assert.Equal(JsonValueKind.Null, (await _api.ReadAsync($"flags/{id}")).GetProperty("schema").ValueKind);

        await tab.Field("Value of variant 2").FillAsync("{\"text\": \"HELLO\", \"size\": 3}");
        await tab.SeesAsync("Every variant fits");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved");
        Assert.Equal("object", (await _api.ReadAsync($"flags/{id}")).GetProperty("schema").GetProperty("type").GetString());

        await tab.ClickAsync("Remove the schema");
        await tab.ClickAsync("Save");
        await Eventually.PassesAsync(
            async () => Assert.Equal(JsonValueKind.Null, (await _api.ReadAsync($"flags/{id}")).GetProperty("schema").ValueKind), "the schema is removed");
        tab.AssertClean();
    }

    [Fact]
    public async Task Split_DraggedByMouseAndKeys_SaysWhomItMovesBeforeItIsSaved()
    {
        string environmentId = await _api.EnvironmentAsync("split");
        string id = await _api.FlagAsync(new
        {
            key = "search", type = "string", environmentId, enabled = true,
            variants = new object[] { new { key = "a", value = "a" }, new { key = "b", value = "b" }, new { key = "unused", value = "c" } },
            rules = new[] { Split(new { weights = Even(), coverage = 1 }) },
        });
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        ILocator border = tab.Page.GetByRole(AriaRole.Slider, new() { Name = "End of a" });
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Slider)).ToHaveCountAsync(2);
        await border.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await border.BoundingBoxAsync())!;
        LocatorBoundingBoxResult bar = (await tab.Page.Locator("[data-drag-area]").BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(bar.X + (bar.Width * 0.75f), box.Y + 10, new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await tab.SeesAsync("of all users would move: b to a 25 %");
        await Assertions.Expect(tab.Field("Weight of a")).ToHaveValueAsync("3");

        // To nothing and back, as with the mouse.
        await border.FocusAsync();
        await border.PressAsync("ArrowRight");
        await tab.SeesAsync("b to a 26 %");
        await border.PressAsync("ArrowLeft");
        await tab.SeesAsync("b to a 25 %");
        await tab.Field("Coverage in percent").FillAsync("50");
        await tab.SeesAsync("b to not in");
        await tab.Field("Coverage in percent").FillAsync("fifty");
        await tab.SeesAsync("Must be 0 to 100");
        await tab.Field("Coverage in percent").FillAsync("100");
        await tab.ScreenshotAsync("flag-split");
        Assert.Empty(await tab.ViolationsAsync());
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved");

        JsonElement weights = (await _api.ReadAsync($"flags/{id}")).GetProperty("rules")[0].GetProperty("serve").GetProperty("split").GetProperty("weights");
        Assert.Equal(
            [("a", 3L), ("b", 1L)],
            weights.EnumerateArray().Select(static one => (one.GetProperty("variant").GetString()!, one.GetProperty("weight").GetInt64())));
        tab.AssertClean();
    }

    [Fact]
    public async Task Ramp_WithAPastAndAFutureStep_ShowsWhereNowIs()
    {
        string environmentId = await _api.EnvironmentAsync("ramp");
        string id = await _api.FlagAsync(new
        {
            key = "ramped", type = "boolean", environmentId, enabled = true,
            variants = new object[] { new { key = "a", value = true }, new { key = "b", value = false } },
            rules = new[] { Split(new { weights = Even(), coverage = 0.1, ramp = new[] { new { at = "2020-01-01T00:00:00Z", coverage = 0.25 }, new { at = "2100-01-01T00:00:00Z", coverage = 1.0 } } }) },
        });
        foreach ((string look, int width, bool isDark) in new[] { ("light", 1280, false), ("dark", 1280, true), ("narrow", 390, false) })
        {
            await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark);
            await tab.GoAsync($"/flags/{id}");

            await Assertions.Expect(tab.Page.Locator(".ramp-now")).ToHaveTextAsync("now 25 %");
            await Assertions.Expect(tab.Page.Locator(".ramp-steps .is-past")).ToHaveTextAsync("25 % since 1 Jan 2020 00:00 UTC (past)");
            await Assertions.Expect(tab.Page.Locator(".ramp svg")).ToHaveAttributeAsync("aria-label", new Regex("100 % from 1 Jan 2100"));
            await tab.ScreenshotAsync($"flag-ramp-{look}");
            Assert.Empty(await tab.ViolationsAsync());
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
            tab.AssertClean();
        }
    }

    [Fact]
    public async Task Names_OfAudiencesAndFlags_AreFoundByTypingAndRefusedWhereNothingIsCalledSo()
    {
        string environmentId = await _api.EnvironmentAsync("names");
        await _api.ApplyAsync(environmentId, $$"""
            {
              "format": "experiments/1",
              "audiences": [{{string.Join(",", Enumerable.Range(0, 60).Select(static i => $$"""{"name": "Group {{i}}", "rules": []}"""))}}],
              "flags": [{{string.Join(",", Enumerable.Range(0, 60).Select(static i => $$"""{"key": "other-{{i}}", "name": "Other {{i}}", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}, {"key": "off", "value": false}]}"""))}},
                        {"key": "mine", "name": "Mine", "type": "boolean", "enabled": true, "variants": [{"key": "on", "value": true}], "rules": [{"serve": {"variant": "on"} }]}]
            }
            """);
        string id = await _api.FindAsync("flags", environmentId, "mine");
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        ILocator audience = tab.Page.Locator("#rule-0-audience");
        await audience.FillAsync("nobody is called so");
        await tab.SeesAsync("There is no audience “nobody is called so” here.");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Rule 1: there is no audience \"nobody is called so\".");
        await audience.FillAsync("group 1");
        ILocator options = tab.Page.Locator("#rule-0-audience-options [role=option]");
        await Assertions.Expect(options).ToHaveCountAsync(11);
        await tab.ScreenshotAsync("flag-search");
        Assert.Empty(await tab.ViolationsAsync());
        await audience.PressAsync("ArrowDown");
        await audience.PressAsync("Enter");
        await Assertions.Expect(audience).ToHaveValueAsync(new Regex("^Group 1[0-9]?$"));
        await audience.FillAsync("Group 17");

        await tab.Page.GetByText("Schedule and prerequisites").ClickAsync();
        await tab.ClickAsync("+ Prerequisite");
        await tab.Field("Flag of prerequisite 1").FillAsync("other");
        await Assertions.Expect(tab.Page.Locator("#rule-0-needs-0-flag-options [role=option]")).ToHaveCountAsync(20);
        await tab.Field("Flag of prerequisite 1").FillAsync("other-42");
        await tab.Page.Locator("#rule-0-needs-0-flag-options [role=option]").Filter(new() { HasText = "other-42" }).ClickAsync();
        await tab.Field("Variants of prerequisite 1").FillAsync("on");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved");

        JsonElement rule = (await _api.ReadAsync($"flags/{id}")).GetProperty("rules")[0];
        Assert.Equal("other-42", rule.GetProperty("prerequisites")[0].GetProperty("flag").GetString());
        JsonElement chosen = await _api.ReadAsync($"audiences/{rule.GetProperty("audienceId").GetString()}");
        Assert.Equal("Group 17", chosen.GetProperty("name").GetString());
        tab.AssertClean();
    }

    [Fact]
    public async Task Undo_AfterTheSwitchAndTheArchive_BringsItBackUnlessSomebodyChangedItSince()
    {
        string environmentId = await _api.EnvironmentAsync("undo");
        string id = await _api.FlagAsync(new { key = "nav", type = "boolean", environmentId, enabled = true, variants = new[] { new { key = "on", value = true } } });
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/flags/{id}");

        ILocator big = tab.Page.GetByRole(AriaRole.Switch, new() { Name = "Flag is on" });
        await big.ClickAsync();
        await Assertions.Expect(big).Not.ToBeCheckedAsync();
        await tab.ScreenshotAsync("flag-undo");
        await tab.ClickAsync("Undo");
        await tab.SeesAsync("Undone");
        await Eventually.PassesAsync(async () => Assert.True((await _api.ReadAsync($"flags/{id}")).GetProperty("enabled").GetBoolean()), "it is on again");
        await Assertions.Expect(big).ToBeCheckedAsync();

        await tab.GoAsync($"/flags/{id}");
        await tab.ClickAsync("Archive");
        await tab.SeesAsync("It is archived");
        await _api.PatchAsync($"flags/{id}", new { description = "Theirs" });
        await tab.ClickAsync("Undo");
        await tab.SeesAsync("Somebody else changed it in the meantime.");
        Assert.True((await _api.ReadAsync($"flags/{id}")).GetProperty("archived").GetBoolean());
        tab.AssertClean();
    }

    private static object Split(object split) => new { name = "Rollout", serve = new { split } };

    private static object[] Even() => [new { variant = "a", weight = 1 }, new { variant = "b", weight = 1 }];
}
