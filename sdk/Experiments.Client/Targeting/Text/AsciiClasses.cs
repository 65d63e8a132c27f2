namespace Experiments.Client.Targeting.Text;

/// <summary>The named classes of ASCII characters, each as pairs of the first and the last character of a range, in order.</summary>
internal static class AsciiClasses
{
    private const string Word = "09AZ__az";

    /// <summary>Of <c>\d</c>, <c>\s</c> and <c>\w</c>; null for other letters. Vertical tab is no <c>\s</c>.</summary>
    public static string? Perl(int letter) => letter switch
    {
        'd' => "09",
        's' => "\t\n\f\r  ",
        'w' => Word,
        _ => null,
    };

    /// <summary>Of <c>[:name:]</c>; null for unknown names.</summary>
    public static string? Posix(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => "09AZaz",
        "alpha" => "AZaz",
        "ascii" => "\0\x7F",
        "blank" => "\t\t  ",
        "cntrl" => "\0\x1F\x7F\x7F",
        "digit" => "09",
        "graph" => "!~",
        "lower" => "az",
        "print" => " ~",
        "punct" => "!/:@[`{~",
        "space" => "\t\r  ",
        "upper" => "AZ",
        "word" => Word,
        "xdigit" => "09AFaf",
        _ => null,
    };
}
