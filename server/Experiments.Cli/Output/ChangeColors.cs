namespace Experiments.Cli.Output;

/// <summary>Colours of the lines of a difference that say that something came or went. Only for the eye: a name may hold the same words.</summary>
internal static class ChangeColors
{
    private const string Added = "\e[32m";
    private const string Removed = "\e[31m";
    private const string Reset = "\e[0m";

    public static string Of(string text, bool color) => color ? string.Join('\n', text.Split('\n').Select(Of)) : text;

    private static string Of(string line) =>
        line.Contains(" was removed", StringComparison.Ordinal) ? Removed + line + Reset
        : line.Contains(" was added", StringComparison.Ordinal) ? Added + line + Reset
        : line;
}
