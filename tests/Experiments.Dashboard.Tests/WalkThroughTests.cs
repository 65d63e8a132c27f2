using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The walk-throughs of the README and of docs/flags.md by clicking only, with the same names, to the same decisions.</summary>
public sealed class WalkThroughTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Readme_ByClicking_EndsWithTheSameDecision()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, []);
        await using DashboardTab tab = await fixture.OpenAsync(server: server);

        // 1. An environment has a snapshot of its own.
        await tab.GoAsync("/");
        await tab.Field("Name of the environment").FillAsync("prod");
        await tab.ClickAsync("Create environment");
        await tab.SeesAsync("What is live in prod");

        // 2 to 4. An experiment with two variants, each with a payload and half of the users.
        await tab.FollowAsync("New experiment");
        await tab.Field("Name").FillAsync("Checkout button color");
        await Assertions.Expect(tab.Field("Key")).ToHaveValueAsync("checkout-button-color");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("control 50 %");
        await tab.Page.Locator("#variant-name-0").FillAsync("Blue");
        await tab.Page.Locator("#variant-payload-0").FillAsync("""{ "color": "#0066cc" }""");
        await tab.Page.Locator("#variant-name-1").FillAsync("Green");
        await tab.Page.Locator("#variant-payload-1").FillAsync("""{ "color": "#00aa44" }""");
        await tab.ClickAsync("Save variants");
        await tab.SeesAsync("Variants saved");

        // 5. Start it. A change to what is live publishes by itself and says so.
        await tab.ClickAsync("Start");
        await tab.SeesAsync("Started and live");

        // 6. Decide. The page and the API say the same.
        await TryAsync(tab, "user-123", context: "");
        string first = await VerdictAsync(server, "user-123", country: null);
        Assert.Contains(first, new[] { "control", "treatment" });
        await tab.Page.Locator("tr", new() { HasText = "checkout-button-color" }).GetByText(first, new() { Exact = true }).WaitForAsync();

        // 7. Publish by hand whenever you like.
        await tab.FollowAsync("Publish");
        await tab.ClickAsync("Publish again");
        await tab.SeesAsync("since version 2, which is live");

        // 8. From now on only users in the US or Canada are in.
        await tab.FollowAsync("Experiments");
        await tab.FollowAsync("Checkout button color");
        await tab.ClickAsync("+ Add a condition");
        await tab.Field("Attribute of condition 1 of rule 1").FillAsync("country");
        await tab.Field("Value of condition 1 of rule 1").FillAsync("US, CA");
        await tab.SeesAsync("country is US or CA");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved and live");
        await TryAsync(tab, "user-123", """{"country":"US"}""");
        await tab.FollowAsync("Why checkout-button-color");
        await tab.Page.Locator(".verdict").GetByText(first, new() { Exact = true }).WaitForAsync();
        await TryAsync(tab, "user-123", """{"country":"DE"}""");
        await tab.FollowAsync("Why checkout-button-color");
        await tab.SeesAsync("no variant");
        await tab.ScreenshotAsync("walk-through");

        Assert.Equal(first, await VerdictAsync(server, "user-123", "US"));
        Assert.Equal("", await VerdictAsync(server, "user-123", "DE"));
        tab.AssertClean();
    }

    [Fact]
    public async Task Flags_ByClicking_EndsWithTheSameDecisions()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, []);
        await using DashboardTab tab = await fixture.OpenAsync(server: server);
        await DashboardContent.CreateEnvironmentAsync(server.Http, "prod");

        // 1. A boolean flag that is on for one tester and 10 % of everyone else.
        await tab.GoAsync("/flags?new=1");
        await tab.Page.GetByLabel("Your name, for the audit log").FillAsync("ann");
        await tab.Field("Key").FillAsync("new-nav");
        await tab.ClickAsync("Create flag");
        await tab.Page.WaitForURLAsync("**/flags/*-*");
        await tab.Page.GetByLabel("Where no rule serves").SelectOptionAsync("off");
        await tab.ClickAsync("+ Override");
        await tab.Field("User key of override 1").FillAsync("tester");
        await tab.Field("Variant of override 1").SelectOptionAsync("on");
        await tab.ClickAsync("Add rule");
        await tab.Page.Locator("#rule-0-name").FillAsync("rollout");
        await tab.Page.Locator("#rule-0-serves").SelectOptionAsync("split");
        await tab.Field("Weight of on").FillAsync("1");
        await tab.Field("Coverage in percent").FillAsync("10");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved");
        await tab.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Switch, new() { Checked = true }).WaitForAsync();
        await Eventually.ReadAsync(_ => ValueAsync(server), static value => value == "true", "the tester has it");

        // 2. Why? Rule by rule, bucket by bucket.
        await TryAsync(tab, "user-1", context: "");
        await tab.FollowAsync("Why new-nav");
        await tab.SeesAsync("rollout");
        await tab.Page.Locator(".steps .marker").First.WaitForAsync();

        // 3. A ramp: half on December 1, everyone on December 8, by itself.
        await tab.FollowAsync("Flags");
        await tab.FollowAsync("new-nav");
        await tab.ClickAsync("+ Ramp step (UTC)");
        await tab.Field("Time of ramp step 1, UTC").FillAsync("2030-12-01T00:00");
        await tab.Field("Coverage of ramp step 1 in percent").FillAsync("50");
        await tab.ClickAsync("+ Ramp step (UTC)");
        await tab.Field("Time of ramp step 2, UTC").FillAsync("2030-12-08T00:00");
        await tab.Field("Coverage of ramp step 2 in percent").FillAsync("100");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Flag saved and live");

        // 4. From now on changes wait until somebody publishes them.
        await tab.FollowAsync("Publish");
        await tab.Page.GetByText("By hand").ClickAsync();
        await tab.SeesAsync("Changes of prod wait for somebody to publish them");
        await tab.FollowAsync("Flags");
        await tab.FollowAsync("new-nav");
        await tab.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Switch, new() { Checked = false }).WaitForAsync();
        Assert.Equal("true", await ValueAsync(server));
        await tab.Page.ClickAsync(".nav-item[href='/publish']"); // its name counts what waits
        await tab.SeesAsync("1 changed");
        await tab.Field("Note").FillAsync("off for the night");
        await tab.ClickAsync("Publish");
        await tab.SeesAsync("“off for the night”");
        await Eventually.ReadAsync(_ => ValueAsync(server), static value => value == "false", "the tester has it no more");

        // 5. The way back: a new version with the content of an old one.
        await tab.Page.Locator("tr", new() { HasText = "off for the night" }).WaitForAsync();
        long live = await LiveAsync(server);
        await tab.ClickAsync($"Roll back to version {live - 1}");
        await tab.Field("Why").FillAsync("it was not the flag");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await tab.SeesAsync("“it was not the flag”");
        await Eventually.ReadAsync(_ => ValueAsync(server), static value => value == "true", "the tester has it again");
        await tab.FollowAsync("Audit log");
        await tab.Page.Locator("#audit-action").SelectOptionAsync("rollback");
        await tab.Page.Locator(".entry", new() { HasText = "it was not the flag" }).GetByText("ann", new() { Exact = true }).First.WaitForAsync();
        tab.AssertClean();
    }

    private static async Task TryAsync(DashboardTab tab, string userKey, string context)
    {
        await tab.FollowAsync("Try it");
        await tab.Field("User key").FillAsync(userKey);
        await tab.Field("Context").FillAsync(context);
        await tab.ClickAsync("Decide");
        await tab.SeesAsync("by version");
    }

    private static async Task<string> VerdictAsync(ProductProcess server, string userKey, string? country)
    {
        string context = country is null ? "{}" : JsonSerializer.Serialize(new { country });
        JsonElement decided = await DashboardContent.GetAsync(server.Http, $"/api/decide?env=prod&user_key={userKey}&context={Uri.EscapeDataString(context)}");
        return decided.GetProperty("assignments").EnumerateArray().Select(static one => one.GetProperty("variant_key").GetString()!).SingleOrDefault("");
    }

    private static async Task<string> ValueAsync(ProductProcess server) =>
        (await DashboardContent.GetAsync(server.Http, "/api/decide?user_key=tester&env=prod&include=flags")).GetProperty("flags")[0].GetProperty("value").GetRawText();

    private static async Task<long> LiveAsync(ProductProcess server)
    {
        JsonElement environment = (await DashboardContent.GetAsync(server.Http, "/api/environments")).GetProperty("data")[0];
        JsonElement versions = await DashboardContent.GetAsync(server.Http, $"/api/environments/{environment.GetProperty("id").GetString()}/versions");
        return versions.GetProperty("data")[0].GetProperty("version").GetInt64();
    }
}
