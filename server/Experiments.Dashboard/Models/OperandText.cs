using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Dashboard.Models;

/// <summary>Operands as people type them, and the JSON that is meant. Quotes force a text: <c>"18"</c> is one, <c>18</c> is a number.</summary>
internal static class OperandText
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Read(OperandKind kind, string text)
    {
        string trimmed = text.Trim();
        return kind switch
        {
            OperandKind.Values => Json(Split(text).Select(static item => ReadValue(item))),
            OperandKind.Texts or OperandKind.Networks or OperandKind.Types => Json(Split(text).Select(static item => Json(Unquote(item)))),
            OperandKind.Presence => Json(trimmed != "false"),
            OperandKind.Number or OperandKind.Time => IsJson(trimmed, JsonValueKind.Number, out JsonElement number) ? number : Json(Unquote(trimmed)),
            OperandKind.Text or OperandKind.Pattern => Json(text),
            OperandKind.Version => Json(Unquote(trimmed)),
            _ => ReadValue(trimmed),
        };
    }

    public static string Write(OperandKind kind, JsonElement value) => kind switch
    {
        OperandKind.Values when value.ValueKind == JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(static item => WriteValue(item, isListed: true))),
        OperandKind.Texts or OperandKind.Networks or OperandKind.Types when value.ValueKind == JsonValueKind.Array =>
            string.Join(", ", value.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.String
                ? WriteText(item.GetString()!, NeedsQuotes(item.GetString()!, isListed: true)) : item.GetRawText())),
        OperandKind.Value => WriteValue(value, isListed: false),
        _ => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText(),
    };

    /// <summary>At commas that are not in quotes; empty items are dropped, so that a comma at the end means nothing.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> items = [];
        var item = new StringBuilder();
        bool isQuoted = false;
        bool isEscaped = false;
        foreach (char c in text)
        {
            if (c == ',' && !isQuoted)
            {
                items.Add(item.ToString().Trim());
                item.Clear();
                continue;
            }

            // A quote inside a word is part of it: 5" is a text of two characters.
            isQuoted ^= c == '"' && !isEscaped && (isQuoted || item.ToString().AsSpan().Trim().IsEmpty);
            isEscaped = c == '\\' && isQuoted && !isEscaped;
            item.Append(c);
        }

        items.Add(item.ToString().Trim());
        return [.. items.Where(static one => one.Length > 0)];
    }

    public static JsonElement ReadValue(string text) => text switch
    {
        "true" => Json(true),
        "false" => Json(false),
        "null" => JsonSerializer.SerializeToElement<object?>(null),
        _ => IsJson(text, JsonValueKind.Number, out JsonElement number) ? number : Json(Unquote(text)),
    };

    private static string WriteValue(JsonElement value, bool isListed) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String when value.GetString() is { } text => WriteText(
            text, text is "true" or "false" or "null" || IsJson(text, JsonValueKind.Number, out _) || NeedsQuotes(text, isListed)),
        _ => value.GetRawText(),
    };

    private static string WriteText(string text, bool isQuoted) => isQuoted ? JsonSerializer.Serialize(text, s_readable) : text;

    private static bool NeedsQuotes(string text, bool isListed) => text.Length == 0 || text[0] == '"' || char.IsWhiteSpace(text[0])
        || char.IsWhiteSpace(text[^1]) || (isListed && text.Contains(',', StringComparison.Ordinal));

    private static string Unquote(string text) =>
        text.StartsWith('"') && IsJson(text, JsonValueKind.String, out JsonElement quoted) ? quoted.GetString()! : text;

    private static bool IsJson(string text, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        try
        {
            value = JsonElement.Parse(text);
            return value.ValueKind == kind && (kind != JsonValueKind.Number || double.IsFinite(value.GetDouble()));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
