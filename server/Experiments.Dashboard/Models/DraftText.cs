using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>What a form keeps in the browser, as text (Parts/DraftState.razor).</summary>
internal static class DraftText
{
    // It is sent to the browser again with each letter that is typed.
    private const int MaxLength = 131_072;

    /// <summary>Empty where it is too long to be kept.</summary>
    public static string Write<T>(T draft) => JsonSerializer.Serialize(draft) is { Length: <= MaxLength } text ? text : "";

    /// <summary>Null where the text is none of <see cref="Write"/>: an older version of the page wrote it, or nothing was typed.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
