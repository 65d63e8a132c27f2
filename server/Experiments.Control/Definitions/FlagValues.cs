using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Experiments.Control.Definitions;

/// <summary>Which values fit a flag.</summary>
internal static class FlagValues
{
    public const int MaxSchemaBytes = 64 * 1024;

    private const double MaxInteger = (1L << 53) - 1;
    private const int MaxShownErrors = 3;

    private static readonly Dictionary<string, JsonSchema> s_drafts = new(StringComparer.Ordinal)
    {
        ["http://json-schema.org/draft-06/schema"] = MetaSchemas.Draft6,
        ["http://json-schema.org/draft-07/schema"] = MetaSchemas.Draft7,
        ["https://json-schema.org/draft/2019-09/schema"] = MetaSchemas.Draft201909,
        ["https://json-schema.org/draft/2020-12/schema"] = MetaSchemas.Draft202012,
    };

    /// <summary>Null, or what is wrong in one clause.</summary>
    public static string? Check(FlagType type, JsonElement value) => type switch
    {
        FlagType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be a boolean",
        FlagType.String => value.ValueKind == JsonValueKind.String ? null : "must be a string",
        FlagType.Integer => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number
            && double.IsInteger(number) && Math.Abs(number) <= MaxInteger ? null : "must be an integer within plus or minus 2^53 - 1",
        FlagType.Number => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? null : "must be a number",
        _ => null,
    };

    /// <summary>A schema that is ready to check values; the fault says what is wrong with it.</summary>
    /// <remarks>
    /// JSON Schema of draft 6 to 2020-12, the last where it does not say which. References to other documents are refused: they would make this
    /// server fetch them.
    /// </remarks>
    public static JsonSchema? Read(JsonElement schema, out string? fault)
    {
        string text = schema.GetRawText();
        fault = schema.ValueKind != JsonValueKind.Object ? "must be a JSON Schema: an object"
            : text.Length > MaxSchemaBytes ? $"must be at most {MaxSchemaBytes} characters of JSON"
            : SchemaReferences.Check(schema) ?? CheckByDraft(schema);
        if (fault is not null)
        {
            return null;
        }

        try
        {
            return JsonSchema.FromText(text);
        }
#pragma warning disable CA1031 // The library throws whatever its JSON reader does; to callers it is one thing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = $"is no JSON Schema: {OneLine(exception.Message)}";
            return null;
        }
    }

    /// <summary>Null, or how the value does not fit, in one clause.</summary>
    public static string? Check(JsonSchema schema, JsonElement value)
    {
        EvaluationResults results;
        try
        {
            results = schema.Evaluate(value, Options());
        }
        catch (RegexMatchTimeoutException timeout)
        {
            return $"cannot be checked: the schema's pattern \"{timeout.Pattern}\" takes too long";
        }
#pragma warning disable CA1031 // What the library cannot follow is no fault of this program.
        catch (Exception unfollowed)
#pragma warning restore CA1031
        {
            return $"cannot be checked by the schema: {OneLine(unfollowed.Message)}";
        }

        return results.IsValid ? null : "does not fit the schema: " + ErrorsOf(results, "#");
    }

    /// <summary>Whether it is a schema as its draft describes schemas: a slip of the pen would take every value, or none.</summary>
    private static string? CheckByDraft(JsonElement schema)
    {
        JsonSchema? draft = MetaSchemas.Draft202012;
        if (schema.TryGetProperty("$schema", out JsonElement named)
            && (named.ValueKind != JsonValueKind.String || !s_drafts.TryGetValue(named.GetString()!.TrimEnd('#'), out draft)))
        {
            return $"names $schema {named.GetRawText()}; known are {string.Join(", ", s_drafts.Keys)}";
        }

        EvaluationResults results = draft.Evaluate(schema, Options());
        return results.IsValid ? null : "at " + ErrorsOf(results, "");
    }

    private static string ErrorsOf(EvaluationResults results, string root) => string.Join("; ", results.Details
        .Where(static detail => detail.HasErrors)
        .SelectMany(detail => detail.Errors!.Values.Select(error => $"{root}{detail.InstanceLocation} {error}"))
        .Distinct(StringComparer.Ordinal).Take(MaxShownErrors)).Trim();

    private static EvaluationOptions Options() => new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
