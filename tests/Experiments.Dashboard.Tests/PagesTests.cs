using System.Net;
using System.Text.Json;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// Every page with content that is long, plentiful, in every state, and tries to be more than text; and every page with nothing at all.
/// </summary>
public sealed class PagesTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>, IAsyncLifetime
{
    private const string Wild = "wild";
    private const string Empty = "nothing-in-it";

    private static readonly (string Look, int Width, bool IsDark)[] s_looks = [("light", 1280, false), ("dark", 1280, true), ("narrow", 390, false), ("narrow-dark", 390, true)];

    private string _environmentId = "";
    private string _experimentId = "";
    private string _flagId = "";

    private HttpClient Http => fixture.Server.Http;

    public async Task InitializeAsync()
    {
        JsonElement environments = (await DashboardContent.GetAsync(Http, "/api/environments")).GetProperty("data");
        JsonElement found = environments.EnumerateArray().FirstOrDefault(static one => one.GetProperty("name").GetString() == Wild);
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            _environmentId = await DashboardContent.ApplyAsync(Http, Wild, "hostile.json");
            await DashboardContent.CreateEnvironmentAsync(Http, Empty);
        }
        else
        {
            _environmentId = found.GetProperty("id").GetString()!;
        }

        _experimentId = await DashboardContent.IdOfAsync(Http, "experiments", _environmentId, new string('k', 128));
        _flagId = await DashboardContent.IdOfAsync(Http, "flags", _environmentId, "price");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "overview", "/" },
        { "experiments", "/experiments" },
        { "new-experiment", "/experiments?new=1" },
        { "experiment", "/experiments/{experiment}" },
        { "flags", "/flags" },
        { "new-flag", "/flags?new=1" },
        { "flag", "/flags/{flag}" },
        { "audiences", "/audiences" },
        { "environments", "/environments" },
        { "publish", "/publish?from=1&to=draft" },
        { "try", "/try?user_key=user-1&key=price" },
        { "layers", "/layers" },
        { "audit", "/audit" },
        { "connect", "/connect" },
        { "not-found", "/there-is-nothing-here" },
    };

    public static TheoryData<string, string> PagesOfAnEmptyEnvironment { get; } = new()
    {
        { "overview", "/" },
        { "experiments", "/experiments" },
        { "flags", "/flags" },
        { "audiences", "/audiences" },
        { "publish", "/publish" },
        { "try", "/try?user_key=user-1" },
        { "layers", "/layers" },
        { "connect", "/connect" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WideNarrowLightAndDark_IsCleanAccessibleAndNeverRunsWhatUsersTyped(string name, string path)
    {
        // A short run looks at each page once, and at half of them each way.
        foreach ((string look, int width, bool isDark) in LongRun.Enabled ? s_looks : [s_looks[name.Length % 2 == 0 ? 0 : ^1]])
        {
            await IsGoodAsync($"{name}-{look}", UrlOf(path), Wild, width, isDark, isMissing: name == "not-found");
        }
    }

    [Theory]
    [MemberData(nameof(PagesOfAnEmptyEnvironment))]
    public async Task Page_NothingThere_IsCleanAndSaysWhatToDo(string name, string path)
    {
        foreach ((string look, int width, bool isDark) in LongRun.Enabled ? s_looks : s_looks[..1])
        {
            await IsGoodAsync($"empty-{name}-{look}", path, Empty, width, isDark);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithoutScripts_HasItsDataAndAStrictPolicy(string name, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(path));
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Cookie", $"dashboard-environment={Wild}");
        HttpResponseMessage response = await Http.SendAsync(request);
        string html = await response.Content.ReadAsStringAsync();

        Assert.Equal(name == "not-found" ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        string policy = string.Join(";", response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        string data = name switch
        {
            "overview" or "experiments" or "audiences" or "layers" or "flags" or "audit" => "&lt;img src=x onerror=alert(1)&gt;",
            "experiment" => "variant-11",
            "flag" => "rule-2-serves",
            "new-experiment" => "New experiment in wild",
            "new-flag" => "Create flag",
            "environments" => "nothing-in-it",
            "publish" => "Both decide the same.",
            "try" => "Why price",
            "connect" => "AddExperiments(&quot;wild&quot;)",
            _ => "There is no such page",
        };
        Assert.Contains(data, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/experiments")]
    [InlineData("/flags")]
    public async Task Search_TypedLetterByLetter_KeepsTheFocusAndEveryLetter(string path)
    {
        await using DashboardTab tab = await fixture.OpenAsync(environment: Wild);
        await tab.GoAsync(path);
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("nothing has this name", new() { Delay = 30 });

        await tab.SeesAsync("Nothing fits");
        await Assertions.Expect(tab.Page.Locator("[data-search] input")).ToHaveValueAsync("nothing has this name");
        tab.AssertClean();
    }

    private async Task IsGoodAsync(string name, string url, string environment, int width, bool isDark, bool isMissing = false)
    {
        await using DashboardTab tab = await fixture.OpenAsync(width, isDark: isDark, environment: environment);
        tab.IsMissingExpected = isMissing;
        await tab.GoAsync(url);
        await tab.ScreenshotAsync(name);

        Assert.NotEqual("", await tab.Page.TitleAsync());
        Assert.Empty(await tab.ViolationsAsync());
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} scrolls sideways: {await tab.WidestAsync()}");
        Assert.Empty(await tab.OverlapsAsync());
        tab.AssertClean();
    }

    private string UrlOf(string path) =>
        path.Replace("{experiment}", _experimentId, StringComparison.Ordinal).Replace("{flag}", _flagId, StringComparison.Ordinal);
}
