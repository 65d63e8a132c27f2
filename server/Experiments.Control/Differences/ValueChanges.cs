using System.Text.Json;

namespace Experiments.Control.Differences;

/// <summary>Payloads and values: members where few differ, else the whole.</summary>
internal static class ValueChanges
{
    private const int MaxMembers = 3;

    /// <param name="scope">Of the variant.</param>
    /// <param name="name">What the value is called, and its path.</param>
    /// <param name="before">Undefined where there is none.</param>
    /// <param name="after">Undefined where there is none.</param>
    public static void Add(ChangeScope scope, string name, JsonElement before, JsonElement after)
    {
        List<(string Path, JsonElement? Before, JsonElement? After)> found = [];
        JsonDifference.Add(found, before, after);
        if (found.Count > MaxMembers)
        {
            found = [("", before, after)];
        }

        foreach ((string path, JsonElement? old, JsonElement? now) in found)
        {
            string text = TextList.Cut(name + path);
            scope.Changed(name + path, $"{text}: {TextOf(old)} -> {TextOf(now)}", old, now);
        }
    }

    private static string TextOf(JsonElement? value) => ValueText.Of(value.GetValueOrDefault());
}
