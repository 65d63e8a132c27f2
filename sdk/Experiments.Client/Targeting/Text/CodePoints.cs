namespace Experiments.Client.Targeting.Text;

/// <summary>Texts as code points: a surrogate pair is one of them, a lone surrogate is one of its own.</summary>
internal static class CodePoints
{
    public const int Last = 0x10FFFF;

    public const int AsciiCount = 0x80;

    /// <summary>The code point that starts at an index inside the text.</summary>
    /// <param name="text">UTF-16.</param>
    /// <param name="at">Of its first unit.</param>
    /// <param name="length">How many units it takes, 1 or 2.</param>
    public static int Read(ReadOnlySpan<char> text, int at, out int length)
    {
        char unit = text[at];
        if (char.IsHighSurrogate(unit) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(unit, text[at + 1]);
        }

        length = 1;
        return unit;
    }

    /// <summary>What <c>\w</c> and <c>\b</c> take for a part of a word: ASCII only.</summary>
    public static bool IsWord(int codePoint) => codePoint < AsciiCount && (char.IsAsciiLetterOrDigit((char)codePoint) || codePoint == '_');
}
