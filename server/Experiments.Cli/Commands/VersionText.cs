using System.CommandLine.Parsing;
using System.Globalization;

namespace Experiments.Cli.Commands;

/// <summary>A version on the command line: a number, or a word.</summary>
internal static class VersionText
{
    public const string Live = "live";
    public const string Draft = "draft";

    /// <summary>Adds an error where it is neither a number from 1 on nor one of the words.</summary>
    public static void Check(SymbolResult result, params string[] words)
    {
        foreach (Token token in result.Tokens.Where(token => !IsVersion(token.Value) && !words.Contains(token.Value, StringComparer.Ordinal)))
        {
            string others = string.Concat(words.Select(static word => $" or {word}"));
            result.AddError($"a version is a whole number from 1 on{others}, not \"{token.Value}\"");
        }
    }

    private static bool IsVersion(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1;
}
