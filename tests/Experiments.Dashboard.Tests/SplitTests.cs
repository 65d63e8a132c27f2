using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>The editor of an experiment's split.</summary>
public sealed class SplitTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Fact]
    public async Task Split_DraggedAndTyped_SaysWhomItMovesBeforeItIsSaved()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        string id = await DashboardContent.CreateExperimentAsync(fixture.Server.Http, await DashboardContent.CreateEnvironmentAsync(fixture.Server.Http, "dragging"), "dragged");
        await tab.GoAsync($"/experiments/{id}");

        await tab.Page.Locator("#weight-0").FillAsync("3");
        await tab.Page.Locator("#weight-0").PressAsync("Tab");
        await tab.SeesAsync("of all users would move: b to a 25 %");
        await tab.ClickAsync("Undo");
        ILocator border = tab.Page.GetByRole(AriaRole.Slider, new() { Name = "End of a" });
        await Assertions.Expect(border).ToHaveAttributeAsync("aria-valuenow", "50");
        LocatorBoundingBoxResult box = (await border.BoundingBoxAsync())!;
        LocatorBoundingBoxResult bar = (await tab.Page.Locator("[data-drag-area]").BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(bar.X + (bar.Width * 0.75f), box.Y + 10, new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await tab.SeesAsync("b to a 25 %");
        await tab.ScreenshotAsync("split-dragged");
        await tab.ClickAsync("Save split");
        await tab.SeesAsync("Split saved");

        JsonElement experiment = await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/experiments/{id}");
        Assert.Equal([3L, 1L], experiment.GetProperty("split").GetProperty("weights").EnumerateArray().Select(static one => one.GetProperty("weight").GetInt64()));
        tab.AssertClean();
    }

    [Fact]
    public async Task Ramp_WithAPastStep_IsDrawnWithThePresentInIt()
    {
        string id = await CreateExperimentAsync("ramped");
        JsonElement variants = (await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/experiments/{id}")).GetProperty("variants");
        (await fixture.Server.Http.PutAsJsonAsync($"/api/experiments/{id}/split", new
        {
            weights = variants.EnumerateArray().Select(static one => new { variantId = one.GetProperty("id").GetString(), weight = 1 }), coverage = 0.1,
            ramp = new[] { new { at = "2020-01-01T00:00:00Z", coverage = 0.2 }, new { at = "2100-01-01T00:00:00Z", coverage = 1.0 } },
        })).EnsureSuccessStatusCode();
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync($"/experiments/{id}");

        await Assertions.Expect(tab.Page.Locator(".ramp-now")).ToHaveTextAsync("now 20 %");
        await Assertions.Expect(tab.Page.Locator(".ramp-steps li")).ToHaveTextAsync(["20 % since 1 Jan 2020 00:00 UTC (past)", "100 % from 1 Jan 2100 00:00 UTC"]);
        await tab.ScreenshotAsync("experiment-ramp");
        Assert.Empty(await tab.ViolationsAsync());
        tab.AssertClean();
    }

    private async Task<string> CreateExperimentAsync(string key)
    {
        HttpClient http = fixture.Server.Http;
        JsonElement environments = await http.GetFromJsonAsync<JsonElement>("/api/environments");
        string environmentId = environments.GetProperty("data") is { } list && list.GetArrayLength() > 0
            ? list[0].GetProperty("id").GetString()!
            : await IdOfAsync(await http.PostAsJsonAsync("/api/environments", new { name = "prod" }));
        string id = await IdOfAsync(await http.PostAsJsonAsync("/api/experiments", new { key, name = key, environmentId }));
        string a = await IdOfAsync(await http.PostAsJsonAsync($"/api/experiments/{id}/variants", new { key = "a", name = "a" }));
        string b = await IdOfAsync(await http.PostAsJsonAsync($"/api/experiments/{id}/variants", new { key = "b", name = "b" }));
        (await http.PutAsJsonAsync($"/api/experiments/{id}/split", new
        {
            weights = new[] { new { variantId = a, weight = 1 }, new { variantId = b, weight = 1 } }, coverage = 1,
        })).EnsureSuccessStatusCode();
        return id;
    }

    private static async Task<string> IdOfAsync(HttpResponseMessage response) =>
        (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

    [Fact]
    public async Task Layer_ChosenOnTheExperiment_IsOccupiedByIt()
    {
        HttpClient http = fixture.Server.Http;
        string environment = await DashboardContent.CreateEnvironmentAsync(http, "layered");
        string layer = await DashboardContent.CreateAsync(http, "/api/layers", new { name = "checkout", environmentId = environment });
        string experiment = await DashboardContent.CreateExperimentAsync(http, environment, "in-a-layer");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "layered");
        await tab.GoAsync($"/experiments/{experiment}");
        await tab.Page.GetByText("Layer and unit").First.ClickAsync();
        await tab.Page.Locator("#split-layer").SelectOptionAsync(layer);
        await tab.ClickAsync("Save split");
        await tab.SeesAsync("Split saved");

        Assert.Equal(layer, (await DashboardContent.GetAsync(http, $"/api/experiments/{experiment}")).GetProperty("split").GetProperty("layerId").GetString());
        await tab.GoAsync("/layers");
        await tab.Page.Locator("main").GetByText("in-a-layer").First.WaitForAsync();
        tab.AssertClean();
    }
}
