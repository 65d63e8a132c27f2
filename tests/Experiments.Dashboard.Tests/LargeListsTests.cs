using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>An environment with 10,000 experiments and 10,000 flags.</summary>
public sealed class LargeListsTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>, IAsyncLifetime
{
    private const string Big = "big";

    public async Task InitializeAsync()
    {
        JsonElement environments = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/environments");
        if (environments.GetProperty("data").GetArrayLength() == 0)
        {
            await ManyDefinitions.StoreAsync(fixture.Server.Url, Big);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("experiments", "Experiment", "experiment")]
    [InlineData("flags", "Flag", "flag")]
    public async Task List_OfTenThousand_SortsBothWaysPagesSearchesAndFilters(string page, string name, string key)
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/{page}");
        await Sees(tab, "1–25 of 10,000");

        // Sorted from both ends, with the keyboard; the address says so, and a reload shows the same.
        ILocator header = tab.Page.GetByRole(AriaRole.Columnheader, new() { Name = name });
        await header.GetByRole(AriaRole.Button).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await FirstIs(tab, $"{name} 00000");
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        await tab.Page.Keyboard.PressAsync("Enter");
        await FirstIs(tab, $"{name} 09999");
        await Assertions.Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
        await tab.Page.ReloadAsync();
        await tab.InteractiveAsync();
        await FirstIs(tab, $"{name} 09999");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Next page" }).ClickAsync();
        await FirstIs(tab, $"{name} 09974");
        await Sees(tab, "26–50 of 10,000");
        await tab.Page.GoBackAsync();
        await FirstIs(tab, $"{name} 09999");

        // The last page, by its address and one that is not there any more.
        await tab.GoAsync($"/{page}?sort=name&page=400");
        await FirstIs(tab, $"{name} 09975");
        await Sees(tab, "9,976–10,000 of 10,000");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Next page" })).ToBeDisabledAsync();
        await tab.GoAsync($"/{page}?sort=name&page=100000");
        await FirstIs(tab, $"{name} 09975");

        // By text from wherever the list was, then the whole list by its link.
        await tab.Page.Locator("[data-search] input").FillAsync($"{key.ToUpperInvariant()}-0123");
        await Sees(tab, 10);
        await FirstIs(tab, $"{name} 01230");
        await tab.Page.Locator($"nav a[href='/{page}']").ClickAsync();
        await Sees(tab, "1–25 of 10,000");
        await Assertions.Expect(tab.Page.Locator("[data-search] input")).ToHaveValueAsync("");

        // By a tag in a row, by the select, together with the order.
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Only those tagged team-49" }).First.ClickAsync();
        await Sees(tab, "1–25 of 200");
        await Assertions.Expect(tab.Page.GetByLabel("Tag", new() { Exact = true })).ToHaveValueAsync("team-49");
        await tab.Page.GetByLabel("Tag", new() { Exact = true }).SelectOptionAsync("team-07");
        await tab.Page.GetByRole(AriaRole.Columnheader, new() { Name = name }).GetByRole(AriaRole.Button).ClickAsync();
        await FirstIs(tab, $"{name} 00007");
        await tab.ScreenshotAsync($"large-{page}");
        tab.AssertClean();
    }

    [Fact]
    public async Task Experiments_SortedByStatusAndChange_FollowTheLifecycleAndTheClock()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/experiments?sort=state");
        await Assertions.Expect(tab.Page.Locator("tbody tr").First.Locator(".chip")).ToHaveTextAsync("Draft");
        await tab.GoAsync("/experiments?sort=-state");
        await Assertions.Expect(tab.Page.Locator("tbody tr").First.Locator(".chip")).ToHaveTextAsync("Archived");

        // A change by somebody else moves it to the front of an open list.
        await tab.GoAsync("/experiments?sort=-updated");
        JsonElement found = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/experiments?search=experiment-04242");
        string id = found.GetProperty("data")[0].GetProperty("id").GetString()!;
        (await fixture.Server.Http.PatchAsJsonAsync($"/api/experiments/{id}", new { description = "Changed elsewhere" })).EnsureSuccessStatusCode();
        await FirstIs(tab, "Experiment 04242");
        tab.AssertClean();
    }

    [Fact]
    public async Task Audiences_Many_AreSearchedSortedAndPagedAndSayWhoUsesThem()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/audiences");
        await Assertions.Expect(tab.Page.Locator("main h2").First).ToHaveTextAsync("Audience 00");
        await Sees(tab, "1–25 of 60");
        await Assertions.Expect(tab.Page.Locator("section.card").First).ToContainTextAsync(" more");
        await tab.Page.GetByLabel("Order").SelectOptionAsync("-name");
        await Assertions.Expect(tab.Page.Locator("main h2").First).ToHaveTextAsync("Audience 59");
        await tab.Page.Locator("[data-search] input").FillAsync("31");
        await Assertions.Expect(tab.Page.Locator("main h2")).ToHaveTextAsync(["Audience 31"]);
        await tab.ScreenshotAsync("large-audiences");
        tab.AssertClean();
    }

    [Fact]
    [Trait("Runs", "Long")]
    public async Task Page_NarrowWideAndDark_IsCleanWithTenThousand()
    {
        string experiment = (await FirstAsync("experiments"))!;
        string flag = (await FirstAsync("flags"))!;
        foreach ((string page, string path) in new[]
        {
            ("overview", "/"), ("experiments", "/experiments?sort=name"), ("experiment", $"/experiments/{experiment}"), ("flags", "/flags?sort=-name"),
            ("flag", $"/flags/{flag}"), ("audiences", "/audiences"), ("layers", "/layers"), ("publish", "/publish"),
            ("try", "/try?user_key=user-1&version=draft"), ("audit", "/audit?search=flag-0"),
        })
        {
            foreach ((string look, int width, bool isDark) in new[] { ("light", 1280, false), ("narrow-dark", 390, true) })
            {
                await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark);
                await tab.GoAsync(path);
                await tab.ScreenshotAsync($"large-{page}-{look}");

                Assert.Empty(await tab.ViolationsAsync());
                Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page} scrolls sideways at {width} pixels");
                tab.AssertClean();
            }
        }
    }

    [Fact]
    public async Task Narrow_ListOrder_IsChosenFromASelect()
    {
        await using DashboardTab tab = await fixture.OpenAsync(390);
        await tab.GoAsync("/flags");
        await tab.Page.GetByLabel("Order").SelectOptionAsync("name");
        await FirstIs(tab, "Flag 00000");
        Assert.Contains("sort=name", tab.Page.Url, StringComparison.Ordinal);
        tab.AssertClean();
    }

    [Fact]
    public async Task Audit_Searched_FindsByKeyActorAndReasonInAnyCase()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/audit");
        ILocator search = tab.Page.Locator("#audit-search");
        await search.FillAsync("FLAG-04711");
        await Assertions.Expect(tab.Page.Locator(".entry")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.Locator(".entry")).ToContainTextAsync("created flag flag-04711");
        foreach (string text in new[] { "big IMPORT", "IMPORTER" })
        {
            await search.FillAsync("nobody ever said this");
            await tab.SeesAsync("Nothing found");
            await search.FillAsync(text);
            await Assertions.Expect(tab.Page.Locator(".pager")).ToContainTextAsync("of 20,0");
        }

        Assert.Contains("search=IMPORTER", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ReloadAsync();
        await Assertions.Expect(search).ToHaveValueAsync("IMPORTER");
        await tab.InteractiveAsync();
        await Assertions.Expect(tab.Page.Locator(".pager")).ToContainTextAsync("of 20,0");
        tab.AssertClean();
    }

    private async Task<string?> FirstAsync(string kind) =>
        (await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/{kind}")).GetProperty("data")[0].GetProperty("id").GetString();

    private static Task FirstIs(DashboardTab tab, string name) => Assertions.Expect(tab.Page.Locator("tbody tr").First.Locator(".name a")).ToHaveTextAsync(name);

    private static Task Sees(DashboardTab tab, string total) => Assertions.Expect(tab.Page.Locator(".pager")).ToContainTextAsync(total);

    private static Task Sees(DashboardTab tab, int rows) => Assertions.Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(rows);
}
