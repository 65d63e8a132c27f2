using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Experiments.Control.Definitions;

/// <summary>Which values fit a flag.</summary>
internal static class FlagValues
{
    public const int MaxSchemaBytes = 64 * 1024;

    private const double MaxInteger = (1L << 53) - 1;
    private const int MaxShownErrors = 3;

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
    /// <remarks>References to other documents are refused: they would make this server fetch them.</remarks>
    public static JsonSchema? Read(JsonElement schema, out string? fault)
    {
        fault = null;
        string text = schema.GetRawText();
        if (schema.ValueKind != JsonValueKind.Object)
        {
            fault = "must be a JSON Schema: an object";
        }
        else if (text.Length > MaxSchemaBytes)
        {
            fault = $"must be at most {MaxSchemaBytes} characters of JSON";
        }
        else
        {
            fault = SchemaReferences.Check(schema) ?? (SchemaKeywords.Check(schema) is { } at ? $"at {at[1..]}" : null);
        }

        if (fault is not null)
        {
            return null;
        }

        try
        {
            // Without references outside nothing is waited for.
            return JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult();
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
        ICollection<ValidationError> errors;
        try
        {
            errors = schema.Validate(value.GetRawText());
        }
        catch (RegexMatchTimeoutException timeout)
        {
            return $"cannot be checked: the schema's pattern \"{timeout.Pattern}\" takes too long";
        }

        catch (InvalidOperationException unfollowed)
        {
            // Some chains of references that do end are too much for the library.
            return $"cannot be checked by the schema: {OneLine(unfollowed.Message)}";
        }

        return errors.Count == 0 ? null : "does not fit the schema: " + string.Join("; ", errors.Take(MaxShownErrors).Select(
            static error => $"{error.Path ?? "#"} {error.Kind}"));
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
