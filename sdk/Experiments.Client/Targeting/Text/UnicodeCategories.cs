using System.Globalization;

namespace Experiments.Client.Targeting.Text;

/// <summary>Unicode general categories by the names that RE2 gives them, as masks with one bit for each category.</summary>
internal static class UnicodeCategories
{
    /// <summary>The mask of a category that code points can be tested against with <see cref="MaskOf"/>.</summary>
    /// <param name="name">One or two letters, or <c>Any</c>; case matters.</param>
    /// <param name="mask">0 if there is none.</param>
    public static bool TryFind(ReadOnlySpan<char> name, out uint mask)
    {
        mask = name switch
        {
            "Any" => uint.MaxValue,
            "L" => Of(UnicodeCategory.UppercaseLetter) | Of(UnicodeCategory.LowercaseLetter) | Of(UnicodeCategory.TitlecaseLetter)
                | Of(UnicodeCategory.ModifierLetter) | Of(UnicodeCategory.OtherLetter),
            "M" => Of(UnicodeCategory.NonSpacingMark) | Of(UnicodeCategory.SpacingCombiningMark) | Of(UnicodeCategory.EnclosingMark),
            "N" => Of(UnicodeCategory.DecimalDigitNumber) | Of(UnicodeCategory.LetterNumber) | Of(UnicodeCategory.OtherNumber),
            "P" => Of(UnicodeCategory.ConnectorPunctuation) | Of(UnicodeCategory.DashPunctuation) | Of(UnicodeCategory.OpenPunctuation)
                | Of(UnicodeCategory.ClosePunctuation) | Of(UnicodeCategory.InitialQuotePunctuation)
                | Of(UnicodeCategory.FinalQuotePunctuation) | Of(UnicodeCategory.OtherPunctuation),
            "S" => Of(UnicodeCategory.MathSymbol) | Of(UnicodeCategory.CurrencySymbol) | Of(UnicodeCategory.ModifierSymbol)
                | Of(UnicodeCategory.OtherSymbol),
            "Z" => Of(UnicodeCategory.SpaceSeparator) | Of(UnicodeCategory.LineSeparator) | Of(UnicodeCategory.ParagraphSeparator),

            // RE2's C leaves out code points that stand for nothing (Cn), and so is Cn itself unknown to it.
            "C" => Of(UnicodeCategory.Control) | Of(UnicodeCategory.Format) | Of(UnicodeCategory.Surrogate)
                | Of(UnicodeCategory.PrivateUse),
            _ => TryFindTwoLetters(name, out UnicodeCategory category) ? Of(category) : 0,
        };
        return mask != 0;
    }

    /// <summary>One bit.</summary>
    public static uint MaskOf(int codePoint) => Of(CharUnicodeInfo.GetUnicodeCategory(codePoint));

    private static uint Of(UnicodeCategory category) => 1u << (int)category;

    private static bool TryFindTwoLetters(ReadOnlySpan<char> name, out UnicodeCategory category)
    {
        UnicodeCategory? found = name switch
        {
            "Lu" => UnicodeCategory.UppercaseLetter,
            "Ll" => UnicodeCategory.LowercaseLetter,
            "Lt" => UnicodeCategory.TitlecaseLetter,
            "Lm" => UnicodeCategory.ModifierLetter,
            "Lo" => UnicodeCategory.OtherLetter,
            "Mn" => UnicodeCategory.NonSpacingMark,
            "Mc" => UnicodeCategory.SpacingCombiningMark,
            "Me" => UnicodeCategory.EnclosingMark,
            "Nd" => UnicodeCategory.DecimalDigitNumber,
            "Nl" => UnicodeCategory.LetterNumber,
            "No" => UnicodeCategory.OtherNumber,
            "Pc" => UnicodeCategory.ConnectorPunctuation,
            "Pd" => UnicodeCategory.DashPunctuation,
            "Ps" => UnicodeCategory.OpenPunctuation,
            "Pe" => UnicodeCategory.ClosePunctuation,
            "Pi" => UnicodeCategory.InitialQuotePunctuation,
            "Pf" => UnicodeCategory.FinalQuotePunctuation,
            "Po" => UnicodeCategory.OtherPunctuation,
            "Sm" => UnicodeCategory.MathSymbol,
            "Sc" => UnicodeCategory.CurrencySymbol,
            "Sk" => UnicodeCategory.ModifierSymbol,
            "So" => UnicodeCategory.OtherSymbol,
            "Zs" => UnicodeCategory.SpaceSeparator,
            "Zl" => UnicodeCategory.LineSeparator,
            "Zp" => UnicodeCategory.ParagraphSeparator,
            "Cc" => UnicodeCategory.Control,
            "Cf" => UnicodeCategory.Format,
            "Cs" => UnicodeCategory.Surrogate,
            "Co" => UnicodeCategory.PrivateUse,
            _ => null,
        };
        category = found.GetValueOrDefault();
        return found.HasValue;
    }
}
