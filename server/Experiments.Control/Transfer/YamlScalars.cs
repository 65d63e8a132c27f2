using System.Buffers;
using System.Text.RegularExpressions;

namespace Experiments.Control.Transfer;

/// <summary>What plain text in YAML stands for: the core schema of YAML 1.2, as far as JSON has it.</summary>
internal static partial class YamlScalars
{
    /// <summary>Words that other readers of YAML take for booleans.</summary>
    private static readonly string[] s_ambiguous = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ._/@+-");

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool IsTrue(string text) => text is "true" or "True" or "TRUE";

    public static bool IsFalse(string text) => text is "false" or "False" or "FALSE";

    public static bool IsJsonNumber(string text) => JsonNumber().IsMatch(text);

    /// <summary>A number in YAML that JSON does not have, such as 0x1f, 007 or .inf.</summary>
    public static bool IsOtherNumber(string text) => OtherNumber().IsMatch(text);

    /// <summary>Whether a text means itself without quotes, to every reader of YAML.</summary>
    public static bool IsPlainText(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' '
        && !text.AsSpan().ContainsAnyExcept(s_plain) && !s_ambiguous.Contains(text, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OtherNumber();
}
