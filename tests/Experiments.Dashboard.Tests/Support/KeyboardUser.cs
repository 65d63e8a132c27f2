using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>
/// Somebody without a mouse: goes from one thing to the next by Tab, and sees where the focus is at each. What is reached is told by its
/// label, as a screen reader would say it.
/// </summary>
internal sealed class KeyboardUser(DashboardTab tab)
{
    // More stops than any page has that a test walks through.
    private const int MostStops = 200;

    private const string Focused = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) { return { name: "", isVisible: false }; }
          const labels = element.labels ? [...element.labels].map(label => label.innerText) : [];
          const name = element.getAttribute("aria-label") || labels.join(" ") || element.innerText || element.getAttribute("placeholder") || "";
          const shows = style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && style.outlineColor !== "rgba(0, 0, 0, 0)") || style.boxShadow !== "none";
          const box = element.getBoundingClientRect();
          return { name: name.replace(/\s+/g, " ").trim(), isVisible: shows(getComputedStyle(element)) && box.width > 0 && box.bottom > 0 && box.top < innerHeight };
        }
        """;

    /// <summary>Tab until something has the focus; Shift and Tab where it is above.</summary>
    /// <param name="name">All of its label, or its beginning where it ends with an ellipsis.</param>
    /// <param name="isAbove">Whether it is before what has the focus now.</param>
    public async Task GoToAsync(string name, bool isAbove = false)
    {
        List<string> seen = [];
        for (int stop = 0; stop < MostStops; stop++)
        {
            await tab.Page.Keyboard.PressAsync(isAbove ? "Shift+Tab" : "Tab");
            Stop at = await tab.Page.EvaluateAsync<Stop>(Focused);
            seen.Add(at.Name);
            if (at.Name.Length > 0)
            {
                Assert.True(at.IsVisible, $"The focus is on \"{at.Name}\" and nobody sees it.");
            }

            if (at.Name == name || (name.EndsWith('…') && at.Name.StartsWith(name[..^1], StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"\"{name}\" was not reached by Tab. Stops: {string.Join(" | ", seen.Distinct())}");
    }

    /// <summary>Goes there and presses Enter.</summary>
    public async Task ActivateAsync(string name, bool isAbove = false)
    {
        await GoToAsync(name, isAbove);
        await PressAsync("Enter");
    }

    /// <summary>Goes to a field and types over what it holds.</summary>
    public async Task TypeAsync(string field, string text, bool isAbove = false)
    {
        await GoToAsync(field, isAbove);
        await PressAsync("Control+a");
        await TypeAsync(text);
    }

    public Task TypeAsync(string text) => tab.Page.Keyboard.TypeAsync(text);

    public Task PressAsync(string key) => tab.Page.Keyboard.PressAsync(key);

    /// <summary>Waits until something has the focus, which need not have been reached by Tab.</summary>
    public Task FindsItselfAtAsync(string name) => Eventually.ReadAsync(
        async _ => (await tab.Page.EvaluateAsync<Stop>(Focused)).Name, at => at == name, $"the focus is on \"{name}\"");

    /// <summary>Waits until a page has opened: its heading has the focus then, which a link of the same name must not be taken for.</summary>
    public Task ArrivesAtAsync(string heading) => tab.Page.Locator("h1:focus", new() { HasText = heading }).WaitForAsync();

    /// <summary>Escape, and once more where the dialog was so new that it did not hear it, until the focus is back where it was.</summary>
    public Task EscapesToAsync(string name) => Eventually.HoldsAsync(
        async cancellation =>
        {
            if ((await tab.Page.EvaluateAsync<Stop>(Focused)).Name == name)
            {
                return true;
            }

            await PressAsync("Escape");
            await Task.Delay(500, cancellation);
            return false;
        },
        $"the focus is back on \"{name}\"");

    /// <summary>After something was done: the focus is somewhere on the page, not lost to its beginning.</summary>
    public Task KeepsTheFocusAsync(string after) => Eventually.HoldsAsync(
        async _ => await tab.Page.EvaluateAsync<bool>("document.activeElement !== null && document.activeElement !== document.body"), $"the focus is kept after {after}");

    private sealed class Stop
    {
        public string Name { get; set; } = "";

        public bool IsVisible { get; set; }
    }
}
