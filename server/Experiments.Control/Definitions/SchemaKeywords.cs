using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Control.Definitions;

/// <summary>
/// Whether the keywords of a JSON Schema have values that they can have. The library that checks values passes over a keyword that makes
/// no sense, so that a schema with a slip of the pen would take everything.
/// </summary>
/// <remarks>The keywords are those of JSON Schema, drafts 4 to 2020-12; others say nothing about values and may be anything.</remarks>
internal static class SchemaKeywords
{
    // It is only read here.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static readonly FrozenSet<string> s_types =
        FrozenSet.ToFrozenSet(["string", "number", "integer", "boolean", "object", "array", "null"], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<JsonElement, string?>> s_checks = new Dictionary<string, Func<JsonElement, string?>>(StringComparer.Ordinal)
    {
        ["type"] = CheckType,
        ["pattern"] = CheckPattern,
        ["enum"] = static value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? null : "must be a list with at least one value",
        ["required"] = static value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText) ? null : "must be a list of names",
        ["minimum"] = CheckNumber,
        ["maximum"] = CheckNumber,
        ["exclusiveMinimum"] = CheckBound,
        ["exclusiveMaximum"] = CheckBound,
        ["multipleOf"] = static value =>
            value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0 ? null : "must be a number above 0",
        ["minLength"] = CheckCount,
        ["maxLength"] = CheckCount,
        ["minItems"] = CheckCount,
        ["maxItems"] = CheckCount,
        ["minProperties"] = CheckCount,
        ["maxProperties"] = CheckCount,
        ["uniqueItems"] = static value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        ["properties"] = CheckSchemas,
        ["patternProperties"] = static value => CheckSchemas(value) ?? value.EnumerateObject()
            .Select(static part => CheckPattern(part.Name) is { } fault ? $"names \"{part.Name}\", which {fault}" : null)
            .FirstOrDefault(static fault => fault is not null),
        ["$defs"] = CheckSchemas,
        ["definitions"] = CheckSchemas,
        ["items"] = static value => value.ValueKind == JsonValueKind.Array ? CheckList(value) : Check(value),
        ["additionalItems"] = Check,
        ["additionalProperties"] = Check,
        ["not"] = Check,
        ["allOf"] = CheckList,
        ["anyOf"] = CheckList,
        ["oneOf"] = CheckList,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null, or what is wrong in one clause.</summary>
    /// <param name="schema">Known not to be deeper than requests may be.</param>
    public static string? Check(JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return null;
        }

        return schema.ValueKind != JsonValueKind.Object
            ? "must be a schema: an object, true or false"
            : schema.EnumerateObject().Select(CheckMember).FirstOrDefault(static fault => fault is not null);
    }

    private static string? CheckMember(JsonProperty member)
    {
        if (!s_checks.TryGetValue(member.Name, out Func<JsonElement, string?>? check) || check(member.Value) is not { } fault)
        {
            return null;
        }

        // A fault of a part starts with its own path.
        return fault.StartsWith('.') ? $".{member.Name}{fault}" : $".{member.Name} {fault}";
    }

    private static string? CheckType(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CheckTypeName(value),
        JsonValueKind.Array when value.GetArrayLength() > 0 =>
            value.EnumerateArray().Select(CheckTypeName).FirstOrDefault(static fault => fault is not null),
        _ => "must be the name of a type, or a list of them",
    };

    private static string? CheckTypeName(JsonElement name) => IsText(name) && s_types.Contains(name.GetString()!)
        ? null
        : $"names {name.GetRawText()}, which is no type; types are {string.Join(", ", s_types.Order(StringComparer.Ordinal))}";

    private static string? CheckPattern(JsonElement value) => IsText(value) ? CheckPattern(value.GetString()!) : "must be a regular expression in quotes";

    private static string? CheckPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, s_patience);
            return null;
        }
        catch (ArgumentException invalid)
        {
            return $"is no regular expression: {invalid.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
        }
    }

    private static string? CheckNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number ? null : "must be a number";

    // A boolean until draft 4.
    private static string? CheckBound(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? null : "must be a number";

    private static string? CheckCount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 0 ? null : "must be an integer of at least 0";

    private static string? CheckSchemas(JsonElement value) => value.ValueKind != JsonValueKind.Object
        ? "must be an object of schemas by name"
        : value.EnumerateObject().Select(static part => Check(part.Value) is { } fault ? $".{part.Name}{(fault.StartsWith('.') ? "" : " ")}{fault}" : null)
            .FirstOrDefault(static fault => fault is not null);

    private static string? CheckList(JsonElement value) => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0
        ? "must be a list with at least one schema"
        : value.EnumerateArray().Select(Check).FirstOrDefault(static fault => fault is not null);

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;
}
