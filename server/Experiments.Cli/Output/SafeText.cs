using System.Globalization;
using System.Text;

namespace Experiments.Cli.Output;

/// <summary>
/// Text from elsewhere without what drives a terminal or hides: control characters, marks that reorder text, separators of lines, halves of
/// surrogate pairs. They become <c>\u001b</c>, which is what JSON writes too, so that JSON stays JSON.
/// </summary>
internal static class SafeText
{
    /// <summary>Text of one line.</summary>
    public static string Line(string text) => Escape(text, keepLines: false);

    /// <summary>Text whose line breaks and tabs stay.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        StringBuilder? escaped = null;
        for (int i = 0, length; i < text.Length; i += length)
        {
            bool isRune = Rune.TryGetRuneAt(text, i, out Rune rune);
            length = isRune ? rune.Utf16SequenceLength : 1;
            if (isRune && (!IsHostile(rune) || (keepLines && rune.Value is '\n' or '\t')))
            {
                escaped?.Append(text, i, length);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            for (int unit = i; unit < i + length; unit++)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[unit]:x4}");
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsHostile(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        // Joiners are part of how emoji and some scripts are written.
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };
}
