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
    public async Task<DashboardTab> OpenAsync(int width = 1280, int height = 900, bool isDark = false)
    {
        IBrowserContext context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _server.Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Eventually.DefaultWithin.TotalMilliseconds);
        return new DashboardTab(await context.NewPageAsync(), _server.Url);
    }
}
