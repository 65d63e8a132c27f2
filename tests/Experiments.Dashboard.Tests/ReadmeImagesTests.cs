using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Tests.Support;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests;

/// <summary>
/// The README's images, taken of the real product with the content of <c>Content/shop.json</c>. They are written to <c>docs/images</c> where
/// the environment variable <c>EXPERIMENTS_UPDATE_IMAGES</c> is <c>1</c>, else beside the other screenshots.
/// </summary>
public sealed class ReadmeImagesTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int Width = 1280;
    private const int MaxBytes = 150_000;

    // The same words whenever they are taken, and the address of the README.
    private const string FixWords = """
        () => {
          [...document.querySelectorAll("time")].filter(time => Math.abs(Date.now() - new Date(time.dateTime)) < 86400000)
            .forEach((time, index) => { time.textContent = `${2 + index * 3} minutes ago`; });
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) { node.nodeValue = node.nodeValue.replaceAll(location.origin, "http://localhost:3000").replace(/\/tmp\/[^\s]*snapshots/, "data/snapshots"); }
          document.activeElement?.blur();
        }
        """;

    private static readonly string[] s_names = ["overview", "experiment", "flag", "publish", "try"];

    [Fact]
    public async Task Pages_WithTheShopsContent_AreTheImages()
    {
        HttpClient http = fixture.Server.Http;
        string environment = await DashboardContent.ApplyAsync(http, "prod", "shop.json");
        string experiment = await DashboardContent.IdOfAsync(http, "experiments", environment, "checkout-button-color");
        string flag = await DashboardContent.IdOfAsync(http, "flags", environment, "new-nav");
        await LiveThroughAsync(http, environment);

        await using DashboardTab tab = await fixture.OpenAsync(Width, height: 840, environment: "prod");
        await TakeAsync(tab, "overview", "/");
        await TakeAsync(tab, "experiment", $"/experiments/{experiment}");
        await TakeAsync(tab, "flag", $"/flags/{flag}");
        await TakeAsync(tab, "publish", "/publish");
        await TakeAsync(tab, "try", $"/try?user_key=user-123&context={Uri.EscapeDataString("""{"country":"US"}""")}&key=checkout-button-color");
        tab.AssertClean();
    }

    [Fact]
    public void Readme_ItsImages_AreThoseOfTheTests()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        Assert.Equal(
            s_names.Order(StringComparer.Ordinal),
            Regex.Matches(readme, @"src=""docs/images/([a-z]+)\.png""", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(static one => one.Groups[1].Value).Order(StringComparer.Ordinal));
        foreach (string name in s_names)
        {
            byte[] image = File.ReadAllBytes(Repository.PathOf("docs", "images", name + ".png"));
            Assert.True(image.Length < MaxBytes, $"{name}.png has {image.Length} bytes");
            Assert.Equal(Width, BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(16)));
        }

        Assert.Equal(s_names.Length, Directory.GetFiles(Repository.PathOf("docs", "images")).Length);
    }

    // Several versions, and changes that wait.
    private static async Task LiveThroughAsync(HttpClient http, string environment)
    {
        await SendAsync(http, HttpMethod.Patch, $"/api/environments/{environment}", new { publish = "manual" }, "ann");
        string chat = await DashboardContent.IdOfAsync(http, "flags", environment, "support-chat");
        await SendAsync(http, HttpMethod.Patch, $"/api/flags/{chat}", new { enabled = true }, "bob");
        await SendAsync(http, HttpMethod.Post, $"/api/environments/{environment}/publish", new { note = "Support chat for paying customers" }, "bob");
        string theme = await DashboardContent.IdOfAsync(http, "flags", environment, "theme");
        await SendAsync(http, HttpMethod.Patch, $"/api/flags/{theme}", new { @default = "dark" }, "carol");
        await SendAsync(http, HttpMethod.Post, $"/api/environments/{environment}/publish", new { note = "Dark by default" }, "carol");
        string ranking = await DashboardContent.IdOfAsync(http, "experiments", environment, "search-ranking");
        await SendAsync(http, HttpMethod.Patch, $"/api/experiments/{ranking}/status", new { status = "RUNNING" }, "dan");
        await SendAsync(http, HttpMethod.Patch, $"/api/flags/{theme}", new { @default = "light" }, "carol");
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, object body, string actor)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("x-actor", actor);
        HttpResponseMessage response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task TakeAsync(DashboardTab tab, string name, string path)
    {
        await tab.GoAsync(path);
        await tab.Page.EvaluateAsync("document.fonts.ready");
        await tab.Page.EvaluateAsync(FixWords);
        bool isUpdate = Environment.GetEnvironmentVariable("EXPERIMENTS_UPDATE_IMAGES") == "1";
        string directory = isUpdate ? Repository.PathOf("docs", "images") : Repository.PathOf("artifacts", "screenshots", "readme");
        byte[] image = await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(directory, name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        Assert.True(image.Length < MaxBytes, $"{name}.png has {image.Length} bytes");
    }
}
