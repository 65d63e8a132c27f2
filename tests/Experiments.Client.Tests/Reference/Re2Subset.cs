using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Client.Tests.Reference;

/// <summary>
/// The part of RE2's syntax that the generators use, on .NET's engine: literals, groups, alternatives, quantifiers, classes,
/// <c>^ $ . \d \w \s \b</c>. Where the two differ the RE2 meaning is spelled out.
/// </summary>
internal static class Re2Subset
{
    // RE2 counts code points; a surrogate without its other half is one.
    private const string AnyButNewline =
        @"(?:[^\n\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF])";

    private static readonly Dictionary<(string, bool), Regex?> s_cache = [];
    private static readonly Lock s_lock = new();

    /// <summary>Whether the pattern is found anywhere in the text; false where it is invalid.</summary>
    public static bool IsFound(string pattern, string text, bool ignoreCase)
    {
        Regex? regex;
        lock (s_lock)
        {
            if (!s_cache.TryGetValue((pattern, ignoreCase), out regex))
            {
                regex = Compile(pattern, ignoreCase);
                s_cache.Add((pattern, ignoreCase), regex);
            }
        }

        return regex is not null && regex.IsMatch(text);
    }

    private static Regex? Compile(string pattern, bool ignoreCase)
    {
        try
        {
            return new Regex(
                Translate(pattern),
                RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None),
                TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder();
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i++;
                result.Append(Escape(pattern[i], inClass));
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            result.Append(inClass ? c.ToString() : c switch { '.' => AnyButNewline, '$' => @"\z", '^' => @"\A", _ => c.ToString() });
        }

        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]",
        'b' => @"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))",
        _ => "\\" + c,
    };
}
