using System.Text;

namespace Experiments.Client.Targeting.Text;

/// <summary>
/// Simple case folding with invariant rules: two code points are the same letter if the lower case of their upper case is the same,
/// which with the exceptions below is what Unicode's CaseFolding.txt says (status C and S, for the letters that the runtime knows).
/// Long s (U+017F) is an s and the Kelvin sign (U+212A) a k, as in RE2; the Turkish letters U+0130 and U+0131 fold to
/// nothing but themselves. No letter folds to two, so ß is not ss.
/// </summary>
internal static class CaseFolding
{
    /// <summary>No letter has more forms.</summary>
    public const int MaxForms = 4;

    private const int DottedCapitalI = 0x130;
    private const int DotlessSmallI = 0x131;
    private const int LongS = 0x17F;

    // Forms that are neither the folded one nor its upper case, as pairs of the folded form and the other one. Upper and lower
    // case, which the runtime knows, do not lead from a letter to these.
    private static ReadOnlySpan<ushort> OtherForms =>
    [
        0x006B, 0x212A, 0x0073, 0x017F, 0x00DF, 0x1E9E, 0x00E5, 0x212B, 0x01C6, 0x01C5, 0x01C9, 0x01C8, 0x01CC, 0x01CB,
        0x01F3, 0x01F2, 0x0390, 0x1FD3, 0x03B0, 0x1FE3, 0x03B2, 0x03D0, 0x03B5, 0x03F5, 0x03B8, 0x03D1, 0x03B8, 0x03F4,
        0x03B9, 0x0345, 0x03B9, 0x1FBE, 0x03BA, 0x03F0, 0x03BC, 0x00B5, 0x03C0, 0x03D6, 0x03C1, 0x03F1, 0x03C3, 0x03C2,
        0x03C6, 0x03D5, 0x03C9, 0x2126, 0x0432, 0x1C80, 0x0434, 0x1C81, 0x043E, 0x1C82, 0x0441, 0x1C83, 0x0442, 0x1C84,
        0x0442, 0x1C85, 0x044A, 0x1C86, 0x0463, 0x1C87, 0x1E61, 0x1E9B, 0xA64B, 0x1C88, 0xFB06, 0xFB05,
    ];

    /// <summary>The form that stands for all forms of a letter.</summary>
    public static int Fold(int codePoint)
    {
        if (codePoint < CodePoints.AsciiCount)
        {
            return codePoint is >= 'A' and <= 'Z' ? codePoint | 0x20 : codePoint;
        }

        return codePoint switch
        {
            // The runtime's invariant casing leaves these three alone, or not, depending on where its rules are from.
            LongS => 's',
            DottedCapitalI or DotlessSmallI => codePoint,

            // The same letters encoded twice, or nearly: they have no upper case that is one letter.
            0x1FD3 => 0x390,
            0x1FE3 => 0x3B0,
            0xFB05 => 0xFB06,
            _ when Rune.TryCreate(codePoint, out Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value,
            _ => codePoint,
        };
    }

    /// <summary>Writes all forms of a letter, first the given one; anything else is its only form.</summary>
    /// <param name="codePoint">One of the forms.</param>
    /// <param name="forms">At least <see cref="MaxForms"/> long.</param>
    /// <returns>How many there are.</returns>
    public static int FormsOf(int codePoint, Span<int> forms)
    {
        int count = 0;
        forms[count++] = codePoint;
        int folded = Fold(codePoint);
        Add(folded, forms, ref count);
        Add(UpperOf(folded), forms, ref count);
        ReadOnlySpan<ushort> others = OtherForms;
        for (int i = 0; i < others.Length; i += 2)
        {
            if (others[i] == folded)
            {
                Add(others[i + 1], forms, ref count);
            }
        }

        return count;
    }

    private static void Add(int form, Span<int> forms, ref int count)
    {
        if (!forms[..count].Contains(form))
        {
            forms[count++] = form;
        }
    }

    private static int UpperOf(int folded) => folded switch
    {
        DottedCapitalI or DotlessSmallI => folded,
        _ when Rune.TryCreate(folded, out Rune rune) => Rune.ToUpperInvariant(rune).Value,
        _ => folded,
    };
}
