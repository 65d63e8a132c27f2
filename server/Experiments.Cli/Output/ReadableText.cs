using System.Text;
using System.Text.Json;

namespace Experiments.Cli.Output;

/// <summary>A resource as indented lines <c>name: value</c>. What is null or empty is left out.</summary>
internal static class ReadableText
{
    private const int Indent = 2;

    public static string Of(JsonElement json)
    {
        var text = new StringBuilder();
        Members(text, json, 0);
        return text.ToString();
    }

    private static void Members(StringBuilder text, JsonElement json, int depth)
    {
        foreach (JsonProperty member in json.EnumerateObject().Where(static member => !IsEmpty(member.Value)))
        {
            text.Append(' ', depth * Indent).Append(SafeText.Line(member.Name)).Append(':');
            Value(text, member.Name, member.Value, depth);
        }
    }

    private static void Value(StringBuilder text, string name, JsonElement value, int depth)
    {
        if (Inline(name, value) is { } line)
        {
            text.Append(' ').Append(line).Append('\n');
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            text.Append('\n');
            Members(text, value, depth + 1);
        }
        else
        {
            text.Append('\n');
            Items(text, value, depth + 1);
        }
    }

    private static void Items(StringBuilder text, JsonElement array, int depth)
    {
        foreach (JsonElement item in array.EnumerateArray())
        {
            var inner = new StringBuilder();
            if (Inline("", item) is { } line)
            {
                inner.Append(line).Append('\n');
            }
            else if (item.ValueKind == JsonValueKind.Object)
            {
                Members(inner, item, depth + 1);
            }
            else
            {
                inner.Append(SafeText.Line(Compact(item))).Append('\n');
            }

            text.Append(' ', depth * Indent).Append("- ").Append(inner.ToString().AsSpan().TrimStart(' '));
        }
    }

    /// <summary>Null where it takes more than a line.</summary>
    private static string? Inline(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when IsCondition(value) => SafeText.Line(
            $"{Plain(value, "attribute")} {Plain(value, "operator")} {(value.TryGetProperty("value", out JsonElement operand) ? Compact(operand) : "")}"),
        // Both repeat a whole resource; its name says which.
        JsonValueKind.Object when name is "environment" or "audience" && value.TryGetProperty("name", out _) => SafeText.Line(Plain(value, "name")),
        // Values of users' own: their members mean nothing here.
        JsonValueKind.Object when name is "payload" or "value" or "schema" => SafeText.Line(Compact(value)),
        JsonValueKind.Array when name is "value" || value.EnumerateArray().All(IsScalar) => SafeText.Line(Compact(value)),
        JsonValueKind.Object or JsonValueKind.Array => null,
        _ when name is "value" => SafeText.Line(Compact(value)),
        _ => SafeText.Line(Plain(value)),
    };

    private static bool IsCondition(JsonElement value) => value.TryGetProperty("attribute", out _) && value.TryGetProperty("operator", out _);

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    private static string Compact(JsonElement value) => JsonText.OneLine(value);

    private static string Plain(JsonElement value, string member) => Plain(value.GetProperty(member));

    private static string Plain(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which is no text.
            return value.GetRawText();
        }
    }
}
