namespace Experiments.Dashboard.Models;

/// <summary>Which field of a form an error of the control server is about: it begins with the field's name on the wire.</summary>
internal static class FieldFaults
{
    /// <summary>The error as a sentence where it is about that field; null where it is not.</summary>
    public static string? Of(string? error, string field) =>
        error is not null && error.StartsWith(field, StringComparison.Ordinal) && (error.Length == field.Length || !char.IsAsciiLetterOrDigit(error[field.Length]))
            ? Sentence(error)
            : null;

    /// <summary>The error as a sentence where it is about none of those fields; null where it is about one.</summary>
    public static string? OfNone(string? error, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (Of(error, field) is not null)
            {
                return null;
            }
        }

        return error is null ? null : Sentence(error);
    }

    private static string Sentence(string error) => error.Length == 0 ? error
        : char.ToUpperInvariant(error[0]) + error[1..] + (error[^1] is '.' or '!' or '?' ? "" : ".");
}
