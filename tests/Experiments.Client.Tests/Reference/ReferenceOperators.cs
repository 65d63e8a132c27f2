using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>The operators on one attribute value, all but size and some; a null value is a missing attribute, a null operand an absent one.</summary>
internal static class ReferenceOperators
{
    public static bool IsOfFormat1(string op) => op is "eq" or "neq" or "in" or "notIn" or "contains" or "gt" or "lt";

    public static bool Holds(string op, JsonElement? value, JsonElement? operand, bool ignoreCase) => op switch
    {
        "eq" => AreEqual(value, operand, ignoreCase: false),
        "neq" => !AreEqual(value, operand, ignoreCase: false),
        "in" => IsArray(operand) && RawJson.Items(operand).Any(item => AreEqual(value, item, ignoreCase)),
        "notIn" => IsArray(operand) && !RawJson.Items(operand).Any(item => AreEqual(value, item, ignoreCase)),
        "contains" => Text(value) is { } text && Text(operand) is { } part && text.Contains(part, StringComparison.Ordinal),
        "gt" => Number(value) > Number(operand),
        "lt" => Number(value) < Number(operand),
        "gte" => Number(value) >= Number(operand),
        "lte" => Number(value) <= Number(operand),
        "startsWith" => Text(value) is { } text && Texts(operand).Any(start => text.StartsWith(start, Comparison(ignoreCase))),
        "endsWith" => Text(value) is { } text && Texts(operand).Any(end => text.EndsWith(end, Comparison(ignoreCase))),
        "matches" => Text(value) is { } text && Text(operand) is { } pattern && Re2Subset.IsFound(pattern, text, ignoreCase),
        "semverEq" => CompareVersions(value, operand) == 0,
        "semverGt" => CompareVersions(value, operand) > 0,
        "semverGte" => CompareVersions(value, operand) >= 0,
        "semverLt" => CompareVersions(value, operand) < 0,
        "semverLte" => CompareVersions(value, operand) <= 0,
        "after" => CompareTimes(value, operand) > 0,
        "before" => CompareTimes(value, operand) < 0,
        "cidr" => Text(value) is { } address && Texts(operand).Any(network => IpNetworks.Contains(network, address)),
        "exists" => Exists(value, operand),
        "type" => Texts(operand).Contains(TypeOf(value), StringComparer.Ordinal),
        _ => false,
    };

    /// <summary>Strict equality of scalars: an absent operand equals only a missing attribute, objects and arrays equal nothing.</summary>
    private static bool AreEqual(JsonElement? a, JsonElement? b, bool ignoreCase)
    {
        if (a is not { } left || b is not { } right)
        {
            return a is null && b is null;
        }

        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        return left.ValueKind switch
        {
            JsonValueKind.String => string.Equals(RawJson.Text(left), RawJson.Text(right), Comparison(ignoreCase)),
            JsonValueKind.Number => left.GetDouble() == right.GetDouble(),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
            _ => false,
        };
    }

    private static bool Exists(JsonElement? value, JsonElement? operand)
    {
        bool isThere = value is { } found && !RawJson.IsNull(found);
        return operand?.ValueKind switch
        {
            JsonValueKind.True => isThere,
            JsonValueKind.False => !isThere,
            _ => false,
        };
    }

    private static string TypeOf(JsonElement? value) => value?.ValueKind switch
    {
        null => "undefined",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    /// <summary>Null, which no comparison holds with, where either is no version.</summary>
    private static int? CompareVersions(JsonElement? value, JsonElement? operand) =>
        Text(value) is { } a && Text(operand) is { } b && SemanticVersion.Parse(a) is { } left && SemanticVersion.Parse(b) is { } right
            ? left.CompareWith(right)
            : null;

    private static int? CompareTimes(JsonElement? value, JsonElement? operand)
    {
        if (Number(value) is { } a && Number(operand) is { } b)
        {
            return a.CompareTo(b);
        }

        return UnixMs(value) is { } left && UnixMs(operand) is { } right ? left.CompareTo(right) : null;
    }

    private static decimal? UnixMs(JsonElement? value)
    {
        if (Text(value) is { } text)
        {
            return Rfc3339.UnixMs(text);
        }

        return Number(value) switch
        {
            null => null,
            > 1e28 => decimal.MaxValue,
            < -1e28 => decimal.MinValue,

            // A cast would round to 15 digits.
            double number => (decimal)new System.Numerics.BigInteger(number) + (decimal)(number - Math.Truncate(number)),
        };
    }

    private static bool IsArray(JsonElement? value) => value is { ValueKind: JsonValueKind.Array };

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? RawJson.Text(text) : null;

    private static double? Number(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static IEnumerable<string> Texts(JsonElement? array) => RawJson.Items(array).Where(RawJson.IsString).Select(RawJson.Text);

    private static StringComparison Comparison(bool ignoreCase) =>
        ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
