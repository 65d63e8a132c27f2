using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>Every page, with content that tries to be more than text.</summary>
public sealed class PagesTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>, IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'</script><script>alert(2)</script>{{7*7}}";

    private static readonly string s_document = $$$$"""
        {
          "format": "experiments/1",
          "audiences": [{"name": {{{{Json(Hostile)}}}}, "rules": [{"conditions": [{"attribute": {{{{Json(Hostile)}}}}, "operator": "eq", "value": {{{{Json(Hostile)}}}} }]}]}],
          "layers": [{"name": "checkout"}],
          "holdouts": [{"name": "everyone", "share": 0.05}],
          "experiments": [
            {
              "key": "button", "name": {{{{Json(Hostile)}}}}, "description": {{{{Json(Hostile)}}}}, "status": "RUNNING", "tags": ["growth"],
              "variants": [{"key": "control", "name": {{{{Json(Hostile)}}}}, "payload": {"color": {{{{Json(Hostile)}}}} }}, {"key": "green", "name": "Green"}],
              "split": {"weights": {"control": 1, "green": 1}, "coverage": 0.5, "layer": "checkout"}
            }
          ],
          "flags": [
            {
              "key": "price", "name": {{{{Json(Hostile)}}}}, "type": "string", "enabled": true, "off": "low", "default": "high", "tags": ["growth"],
              "variants": [{"key": "low", "value": {{{{Json(Hostile)}}}} }, {"key": "high", "value": "b"}],
              "rules": [
                {"name": {{{{Json(Hostile)}}}}, "audience": {{{{Json(Hostile)}}}}, "serve": {"variant": "low"}},
                {"serve": {"split": {"weights": {"low": 1, "high": 1}, "coverage": 0.1, "ramp": [{"at": "2100-01-01T00:00:00Z", "coverage": 1}]}}}
              ]
            }
          ]
        }
        """;

    private string _experimentId = "";
    private string _flagId = "";

    public async Task InitializeAsync()
    {
        HttpClient http = fixture.Server.Http;
        JsonElement environments = await http.GetFromJsonAsync<JsonElement>("/api/environments");
        if (environments.GetProperty("data").GetArrayLength() == 0)
        {
            JsonElement made = await (await http.PostAsJsonAsync("/api/environments", new { name = "prod" })).Content.ReadFromJsonAsync<JsonElement>();
            using var body = new StringContent(s_document, Encoding.UTF8, "application/json");
            HttpResponseMessage applied = await http.PostAsync(new Uri($"/api/environments/{made.GetProperty("id").GetString()}/apply", UriKind.Relative), body);
            Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        }

        _experimentId = (await http.GetFromJsonAsync<JsonElement>("/api/experiments")).GetProperty("data")[0].GetProperty("id").GetString()!;
        _flagId = (await http.GetFromJsonAsync<JsonElement>("/api/flags")).GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("overview", "/")]
    [InlineData("experiments", "/experiments")]
    [InlineData("experiment", "/experiments/{experiment}")]
    [InlineData("flags", "/flags")]
    [InlineData("flag", "/flags/{flag}")]
    [InlineData("audiences", "/audiences")]
    [InlineData("environments", "/environments")]
    [InlineData("publish", "/publish")]
    [InlineData("try", "/try?user_key=user-1&key=price")]
    [InlineData("layers", "/layers")]
    [InlineData("audit", "/audit")]
    [InlineData("connect", "/connect")]
    public async Task Page_WideNarrowAndDark_IsCleanAccessibleAndNeverRunsWhatUsersTyped(string name, string path)
    {
        string url = path.Replace("{experiment}", _experimentId, StringComparison.Ordinal).Replace("{flag}", _flagId, StringComparison.Ordinal);
        foreach ((string look, int width, bool isDark) in new[] { ("light", 1280, false), ("dark", 1280, true), ("narrow", 390, false) })
        {
            await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark);
            await tab.GoAsync(url);
            await tab.ScreenshotAsync($"{name}-{look}");

            Assert.NotEqual("", await tab.Page.TitleAsync());
            Assert.Empty(await tab.ViolationsAsync());
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} scrolls sideways at {width} pixels");
            tab.AssertClean();
        }
    }

    [Fact]
    public async Task Page_PrerenderedWithoutScripts_HasItsData()
    {
        string html = await fixture.Server.Http.GetStringAsync("/flags");

        Assert.Contains("price", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert(2)", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/experiments")]
    [InlineData("/flags")]
    public async Task Search_TypedLetterByLetter_KeepsTheFocusAndEveryLetter(string path)
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync(path);
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("nothing has this name", new() { Delay = 30 });

        await tab.SeesAsync("Nothing fits");
        await Assertions.Expect(tab.Page.Locator("[data-search] input")).ToHaveValueAsync("nothing has this name");
        tab.AssertClean();
    }

    [Fact]
    public async Task Page_SomebodyElseChangesIt_ShowsItWithoutAReload()
    {
        await using DashboardTab tab = await fixture.OpenAsync();
        await tab.GoAsync("/audiences");

        JsonElement environments = await fixture.Server.Http.GetFromJsonAsync<JsonElement>("/api/environments");
        (await fixture.Server.Http.PostAsJsonAsync("/api/audiences", new
        {
            name = "Made elsewhere", environmentId = environments.GetProperty("data")[0].GetProperty("id").GetString(), rules = Array.Empty<object>(),
        })).EnsureSuccessStatusCode();

        await tab.SeesAsync("Made elsewhere");

        // What publishes by itself ends the audit log with the publish, not with the change.
        await tab.GoAsync("/flags");
        (await fixture.Server.Http.PostAsJsonAsync("/api/flags", new
        {
            key = "made-elsewhere", type = "boolean", environmentId = environments.GetProperty("data")[0].GetProperty("id").GetString(),
            variants = new[] { new { key = "on", value = true } },
        })).EnsureSuccessStatusCode();
        await tab.SeesAsync("made-elsewhere");
        tab.AssertClean();
    }

    [Fact]
    public async Task Experiment_TwoPeopleEdit_TheSecondIsAskedAndNothingIsLost()
    {
        await using DashboardTab mine = await fixture.OpenAsync();
        await mine.GoAsync($"/experiments/{_experimentId}");
        await mine.Page.Locator("#experiment-description").FillAsync("Mine");
        await mine.Page.Locator("#experiment-tags").FillAsync("mine");
        (await fixture.Server.Http.PatchAsJsonAsync($"/api/experiments/{_experimentId}", new { description = "Theirs" })).EnsureSuccessStatusCode();
        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await mine.SeesAsync("Somebody else changed this while you were editing");
        Assert.Equal("Theirs", await DescriptionAsync());
        await mine.ScreenshotAsync("conflict");
        await mine.ClickAsync("Keep mine");
        await Eventually.PassesAsync(async () => Assert.Equal("Mine", await DescriptionAsync()), "what was typed here is stored");
        Assert.Equal("Mine", await DescriptionAsync());
        mine.AssertClean();
    }

    private async Task<string?> DescriptionAsync() =>
        (await fixture.Server.Http.GetFromJsonAsync<JsonElement>($"/api/experiments/{_experimentId}")).GetProperty("description").GetString();

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
