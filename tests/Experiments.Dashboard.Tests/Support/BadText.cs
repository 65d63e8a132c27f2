namespace Experiments.Dashboard.Tests.Support;

/// <summary>What people, paste accidents and attackers type.</summary>
internal static class BadText
{
    public const string Script = "<script>alert(1)</script>";
    public const string Image = "\"><img src=x onerror=alert(1)>";
    public const string Link = "javascript:alert(1)";
    public const string Emoji = "🎉 party 🚀";
    public const string RightToLeft = "\u202Eevil\u202C أهلاً بالعالم";
    public const string Control = "a\u0007b\u001B[31m";

    /// <summary>1 MiB.</summary>
    public static string Huge { get; } = new('x', 1 << 20);

    /// <summary>None of them is a key.</summary>
    public static IReadOnlyList<string> NoKeys { get; } = ["", "   ", "two words", "clé", Emoji, RightToLeft, Control, Script, Image, Link, new('k', 129), Huge];

    /// <summary>None of them is a name: empty, blank, too long, or with control characters.</summary>
    public static IReadOnlyList<string> NoNames { get; } = ["", "   ", Control, new('n', 300), Huge];

    /// <summary>Names that are unusual, and allowed.</summary>
    public static IReadOnlyList<string> Names { get; } = [Script, Image, Link, Emoji, RightToLeft];

    /// <summary>None of them is a percentage.</summary>
    public static IReadOnlyList<string> NoShares { get; } = ["-1", "100.01", "12.345", "NaN", "Infinity", "1e400", "0x10", "five", Emoji, Script];

    /// <summary>None of them is a JSON object.</summary>
    public static IReadOnlyList<string> NoObjects { get; } = ["{", "{\"a\": ", "[]", "null", "1e400", "NaN", "'{}'", "{\"a\": NaN}", "{a: 1}", Script];
}
