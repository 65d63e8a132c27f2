namespace Experiments.Cli.Output;

/// <summary>Colours of lines that say what is added, removed or changed.</summary>
internal static class ChangeColors
{
    private const string Added = "\e[32m";
    private const string Removed = "\e[31m";
    private const string Changed = "\e[33m";
    private const string Reset = "\e[0m";

    public static string Of(string text, bool color) => color ? string.Join('\n', text.Split('\n').Select(Of)) : text;

    private static string Of(string line)
    {
        string? color = line.TrimStart() switch
        {
            ['+', ..] => Added,
            ['-', ' ', ..] or ['-'] => Removed,
            ['~', ..] => Changed,
            _ => null,
        };
        return color is null ? line : color + line + Reset;
    }
}
