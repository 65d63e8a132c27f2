using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>A page in Chromium that remembers everything that it should not have done.</summary>
public sealed class DashboardTab : IAsyncDisposable
{
    private static readonly string s_screenshots = Repository.PathOf("artifacts", "screenshots");
    private readonly ConcurrentQueue<string> _faults = [];

    public DashboardTab(IPage page, string url)
    {
        Page = page;
        Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text))
            {
                _faults.Enqueue($"console: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _faults.Enqueue($"script: {error}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith(url.Replace("http:", "ws:", StringComparison.Ordinal), StringComparison.Ordinal))
            {
                _faults.Enqueue($"request to elsewhere: {request.Url}");
            }
        };
        Page.Dialog += async (_, dialog) =>
        {
            if (dialog.Type != DialogType.BeforeUnload)
            {
                _faults.Enqueue($"a dialog of the browser: {dialog.Message}");
            }

            LeavesAsked++;
            await (StaysWhenAsked ? dialog.DismissAsync() : dialog.AcceptAsync());
        };
    }

    public IPage Page { get; }

    /// <summary>While the server is down on purpose, what the browser says about that is no fault.</summary>
    public bool IsServerDown { get; set; }

    /// <summary>Where the page itself is one that does not exist, the browser says so.</summary>
    public bool IsMissingExpected { get; set; }

    /// <summary>How often the browser asked whether to leave what was typed.</summary>
    public int LeavesAsked { get; private set; }

    /// <summary>What it is answered.</summary>
    public bool StaysWhenAsked { get; set; }

    /// <summary>Opens a page and waits until it answers to clicks.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await InteractiveAsync();
    }

    /// <summary>Waits until the page answers to clicks.</summary>
    public Task InteractiveAsync() => Page.WaitForSelectorAsync("body[data-interactive=true]", new() { State = WaitForSelectorState.Attached });

    /// <summary>The page as it is now, to be told from the one that is loaded once the server is back.</summary>
    public Task MarkAsync() => Page.EvaluateAsync("() => { document.body.dataset.marked = ''; }");

    /// <summary>Waits until the marked page has given way to one that was loaded again and answers to clicks.</summary>
    public Task ReloadedAsync() => Page.WaitForSelectorAsync("body[data-interactive=true]:not([data-marked])", new() { State = WaitForSelectorState.Attached });

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    /// <summary>Whoever follows a link has waited for what is being saved: the page would ask whether to leave it.</summary>
    public async Task FollowAsync(string link)
    {
        await Assertions.Expect(Page.GetByText("Not saved yet")).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
    }

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true }).First;

    public async Task SeesAsync(string text)
    {
        try
        {
            await Page.GetByText(text, new() { Exact = false }).First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"“{text}” does not show. The page says:\n{await Page.InnerTextAsync("body")}");
        }
    }

    /// <summary>Kept as artifacts of the test run.</summary>
    public Task ScreenshotAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(s_screenshots, name + ".png"), FullPage = true });

    /// <summary>Serious and critical violations that axe-core finds on the page as it is.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(
            Repository.PathOf("tests", "Experiments.Dashboard.Tests", "node_modules", "axe-core", "axe.min.js")));
        JsonElement? found = await Page.EvaluateAsync("async () => (await axe.run(document)).violations");
        return
        [
            .. found!.Value.EnumerateArray()
                .Where(static one => one.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(static one => one.GetProperty("id").GetString() + ": "
                    + string.Join(" | ", one.GetProperty("nodes").EnumerateArray().Select(static node => node.GetProperty("html").GetString()))),
        ];
    }

    /// <summary>What sticks out of the page to the right, for a failure's message.</summary>
    public Task<string> WidestAsync() => Page.EvaluateAsync<string>(
        "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth).slice(0, 5).map(one => `${one.tagName}.${one.className}`).join(', ')");

    /// <summary>Controls that lie on one another: nobody can press both.</summary>
    public Task<string[]> OverlapsAsync() => Page.EvaluateAsync<string[]>("""
        () => {
          const boxes = [...document.querySelectorAll("main a, main button, main input, main select, main textarea")]
            .filter(one => one.getClientRects().length === 1 && one.checkVisibility({ visibilityProperty: true }) && !one.closest(".save-bar, [data-drag-area]"))
            .map(one => ({ one, box: one.getBoundingClientRect() }));
          const found = [];
          for (const [index, first] of boxes.entries()) {
            for (const second of boxes.slice(index + 1)) {
              const width = Math.min(first.box.right, second.box.right) - Math.max(first.box.left, second.box.left);
              const height = Math.min(first.box.bottom, second.box.bottom) - Math.max(first.box.top, second.box.top);
              if (width > 2 && height > 2 && !first.one.contains(second.one)) { found.push(`${first.one.outerHTML.slice(0, 120)} on ${second.one.outerHTML.slice(0, 120)}`); }
            }
          }
          return found.slice(0, 5);
        }
        """);

    /// <summary>Nothing was asked of another machine, no script failed, and the policy blocked nothing.</summary>
    public void AssertClean() => Assert.True(_faults.IsEmpty, string.Join('\n', _faults));

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private bool IsExpected(string text) => (IsMissingExpected && text.Contains("404", StringComparison.Ordinal)) || (IsServerDown && (text.Contains("ERR_CONNECTION", StringComparison.Ordinal)
        || text.Contains("WebSocket", StringComparison.Ordinal) || text.Contains("Connection", StringComparison.Ordinal)
        || text.Contains("circuit", StringComparison.OrdinalIgnoreCase) || text.Contains("Failed to", StringComparison.Ordinal)));
}
