using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>Types something wrong into a field and looks whether the page says so beside it and keeps it.</summary>
internal sealed class FormUser(DashboardTab tab)
{
    /// <summary>The field is refused in words that it is described by, or that are beside it, and keeps what was typed.</summary>
    /// <param name="field">An input or a text area.</param>
    /// <param name="text">What is typed.</param>
    /// <param name="submit">Tries to store it; null where it is said while typing.</param>
    public async Task IsRefusedAsync(ILocator field, string text, Func<Task>? submit = null)
    {
        // What a browser cuts off while somebody types can come all the same: from a script, an extension, another client.
        await field.EvaluateAsync("field => field.removeAttribute('maxlength')");
        await field.FillAsync(text);
        string typed = await field.InputValueAsync();
        if (submit is not null)
        {
            await submit();
        }

        string shown = text.Length > 60 ? $"{text[..60]}… ({text.Length})" : text;
        await Eventually.HoldsAsync(async _ => (await FaultsAsync(field)).Length > 0, $"words beside the field that \"{shown}\" is wrong", within: TimeSpan.FromSeconds(15), state: () => tab.Page.Url);
        Assert.Equal(typed, await field.InputValueAsync());
    }

    /// <summary>Words about a field: what it is described by, and errors in the form or card that it is in.</summary>
    public static Task<string> FaultsAsync(ILocator field) => field.EvaluateAsync<string>("""
        field => [
          ...(field.getAttribute("aria-describedby") ?? "").split(" ").filter(id => id).map(id => document.getElementById(id)).filter(one => one?.classList.contains("field-error")),
          ...(field.closest("form, .card") ?? document.body).querySelectorAll(".field-error"),
          ...document.querySelectorAll(".save-bar .field-error, form + .field-error"),
        ].map(one => one?.textContent.trim() ?? "").join(" ").trim()
        """);
}
