using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>C# source reduced to what the compiler acts on.</summary>
internal static partial class SourceText
{
    /// <summary>Without comments and without the contents of strings; interpolated strings stay, because code is in them.</summary>
    public static string CodeOf(string source) => CommentsAndStrings().Replace(source, match => match.Value[0] switch
    {
        '$' => match.Value,
        '/' => " ",
        _ => "\"\"",
    });

    [GeneratedRegex(
        """"(?://[^\n]*|/\*[\s\S]*?\*/|'(?:\\[^']*|[^'\\])'|\$*"{3}[\s\S]*?"{3}|@"(?:""|[^"])*"|\$@?"(?:\\.|[^"\\\n])*"|"(?:\\.|[^"\\\n])*")"""",
        RegexOptions.None,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex CommentsAndStrings();
}
