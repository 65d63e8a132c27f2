using System.Text.Json;
using System.Text.Unicode;
using Experiments.Client;
using Experiments.Client.Json;

namespace Experiments.Control.Explaining;

/// <summary>Reads a JSON object that asks about a user: texts by their names, and <c>context</c>, all of them checked as <c>/decide</c>
/// checks its body. Other members are ignored, whatever they hold.</summary>
internal static class UserObject
{
    public const string UserKey = "user_key";
    public const string Context = "context";
    public const string InvalidContext = "Invalid context JSON";

    /// <summary>A text that may be written as a number.</summary>
    public const string Version = "version";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="utf8Json">Only read during the call.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <param name="names">Of the texts.</param>
    /// <param name="texts">As long; receives them. One that is not there is null, one that is there is not empty.</param>
    /// <param name="context">Its attributes are replaced.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Read(
        ReadOnlySpan<byte> utf8Json, string subject, ReadOnlySpan<string> names, Span<string?> texts, DecisionContext context)
    {
        utf8Json = utf8Json.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;
        texts.Clear();
        context.Clear();
        if (utf8Json.IsEmpty)
        {
            return $"{subject} is empty";
        }

        if (!Utf8.IsValid(utf8Json))
        {
            return $"{subject} is not valid UTF-8";
        }

        try
        {
            return ReadMembers(utf8Json, subject, names, texts, context);
        }
        catch (JsonException exception)
        {
            return $"{subject} is not valid JSON: see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        }
    }

    public static string Missing(string name) => $"{name} is missing";

    public static string Empty(string name) => $"{name} is empty";

    public static string Repeated(string name) => $"{name} is given more than once";

    private static string? ReadMembers(
        ReadOnlySpan<byte> utf8Json, string subject, ReadOnlySpan<string> names, Span<string?> texts, DecisionContext context)
    {
        // Members that are ignored may nest as deep as they like; the context is checked on its own.
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = Math.Max(1, utf8Json.Length) });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return $"{subject} is not a JSON object";
        }

        string? fault = null;
        bool hasContext = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = JsonText.Read(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            if (names.IndexOf(name) is >= 0 and var index)
            {
                fault ??= ReadText(ref reader, name, ref texts[index]);
            }

            reader.Skip();
            if (name is Context)
            {
                fault ??= hasContext ? Repeated(name) : ReadContext(utf8Json[start..(int)reader.BytesConsumed], context);
                hasContext = true;
            }
        }

        // What follows the object; anything but blanks is malformed.
        reader.Read();
        return fault;
    }

    private static string? ReadText(ref Utf8JsonReader reader, string name, ref string? text)
    {
        if (text is not null)
        {
            return Repeated(name);
        }

        if (reader.TokenType != JsonTokenType.String && (reader.TokenType != JsonTokenType.Number || name is not Version))
        {
            return $"{name} must be a string";
        }

        text = JsonText.Read(ref reader);
        return text.Length == 0 ? Empty(name) : null;
    }

    private static string? ReadContext(ReadOnlySpan<byte> utf8Json, DecisionContext context)
    {
        try
        {
            context.SetJson(utf8Json);
            return null;
        }
        catch (JsonException)
        {
            return InvalidContext;
        }
    }
}
