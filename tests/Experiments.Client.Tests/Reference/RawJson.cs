using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>
/// JSON as it is written. Strings and names come from their raw text, since System.Text.Json refuses lone surrogates; of members with
/// one name the last counts.
/// </summary>
internal static class RawJson
{
    public static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    public static bool IsArray(JsonElement element) => element.ValueKind == JsonValueKind.Array;

    public static bool IsString(JsonElement element) => element.ValueKind == JsonValueKind.String;

    public static bool IsNumber(JsonElement element) => element.ValueKind == JsonValueKind.Number;

    public static bool IsNull(JsonElement element) => element.ValueKind == JsonValueKind.Null;

    /// <summary>Null where the element is no object or has no such member.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        if (!IsObject(element))
        {
            return null;
        }

        JsonElement? found = null;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (Name(member) == name)
            {
                found = member.Value;
            }
        }

        return found;
    }

    public static IEnumerable<JsonElement> Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>Text of a member that is a string, else null.</summary>
    public static string? TextMember(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? Text(text) : null;

    public static bool BooleanMember(JsonElement element, string name, bool otherwise) =>
        Member(element, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : otherwise;

    /// <summary>An integer that is a JSON number or, above 2^53, a decimal string.</summary>
    public static BigInteger Integer(JsonElement element) =>
        IsString(element)
            ? BigInteger.Parse(Text(element), NumberStyles.None, CultureInfo.InvariantCulture)
            : new BigInteger(element.GetDouble());

    public static BigInteger IntegerMember(JsonElement element, string name, BigInteger otherwise) =>
        Member(element, name) is { } value ? Integer(value) : otherwise;

    public static string Text(JsonElement text) => Unescape(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    public static string Name(JsonProperty member) => Unescape(JsonMarshal.GetRawUtf8PropertyName(member));

    public static JsonElement Number(int value) => JsonElement.Parse(value.ToString(CultureInfo.InvariantCulture));

    private static string Unescape(ReadOnlySpan<byte> utf8)
    {
        string raw = Encoding.UTF8.GetString(utf8);
        if (!raw.Contains('\\'))
        {
            return raw;
        }

        var text = new StringBuilder();
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', char other => other });
        }

        return text.ToString();
    }
}
