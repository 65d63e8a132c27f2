using System.Diagnostics;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>A real Chromium, shared by all tests of a class, and a server of the class's own.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private static readonly string[] s_chromiumNames = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly ProductProcess _server = new(ProductProgram.Server, []);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Restarted by tests that want to see what a page does then.</summary>
    public ProductProcess Server => _server;

    public IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Eventually.DefaultWithin.TotalMilliseconds);
        await _server.StartAsync();
        _playwright = await Playwright.CreateAsync();

        // As patient as everything else: the machine may be busy.
        Assertions.SetDefaultExpectTimeout((float)Eventually.DefaultWithin.TotalMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = s_chromiumNames.First(File.Exists),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>A tab in a browser profile of its own.</summary>
    /// <param name="width">Of the view, in pixels.</param>
    /// <param name="height">Of the view, in pixels.</param>
    /// <param name="isDark">What the system prefers.</param>
    /// <param name="environment">Looked at last by this browser; null is none.</param>
    /// <param name="server">Null is that of the class.</param>
    public async Task<DashboardTab> OpenAsync(int width = 1280, int height = 900, bool isDark = false, string? environment = null, ProductProcess? server = null)
    {
        string url = (server ?? _server).Url;
        IBrowserContext context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (environment is not null)
        {
            await context.AddCookiesAsync([new Cookie { Name = "dashboard-environment", Value = Uri.EscapeDataString(environment), Url = url }]);
        }

        context.SetDefaultTimeout((float)Eventually.DefaultWithin.TotalMilliseconds);
        return new DashboardTab(await context.NewPageAsync(), url);
    }
}
