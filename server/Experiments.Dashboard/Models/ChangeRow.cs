using Experiments.Control.Differences;

namespace Experiments.Dashboard.Models;

/// <summary>A change as lists show it.</summary>
/// <param name="Kind">Such as <c>Flag</c>.</param>
/// <param name="Key">Key or name of the resource.</param>
/// <param name="Action">added, removed or changed.</param>
/// <param name="Text">In words, without the resource's name where it can do without.</param>
public sealed record ChangeRow(string Kind, string Key, string Action, string Text)
{
    internal string Sign => Action switch { "added" => "+", "removed" => "−", _ => "~" };

    internal static ChangeRow Of(Change change)
    {
        string title = ChangeWords.TitleOf(change.Kind, change.Key);
        string text = Without(change.Text, title + ": ") ?? Without(change.Text, title + " was ") ?? change.Text;
        return new ChangeRow(change.Kind.ToString(), change.Key, change.Action.ToString().ToLowerInvariant(), text);
    }

    internal static IReadOnlyList<ChangeRow> Of(IReadOnlyList<Change>? changes) => [.. (changes ?? []).Select(Of)];

    /// <summary>Null where it does not begin so.</summary>
    private static string? Without(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length
            ? char.ToUpperInvariant(text[prefix.Length]) + text[(prefix.Length + 1)..]
            : null;
}
