using System.Text;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class CaseFoldingTests
{
    [Fact]
    public void FormsOf_EveryCodePoint_IsAllThatFoldTheSame()
    {
        // The definition by brute force, which the table of other forms must not miss a member of.
        Dictionary<int, List<int>> byFolded = [];
        for (int codePoint = 0; codePoint <= CodePoints.Last; codePoint++)
        {
            int folded = CaseFolding.Fold(codePoint);
            if (!byFolded.TryGetValue(folded, out List<int>? forms))
            {
                byFolded.Add(folded, forms = []);
            }

            forms.Add(codePoint);
        }

        Assert.Equal(CaseFolding.MaxForms, byFolded.Values.Max(forms => forms.Count));
        Assert.All(byFolded.Where(pair => pair.Value.Count > 1), pair => Assert.All(pair.Value, form => AssertForms(pair.Value, form)));
    }

    [Fact]
    public void Fold_Twice_ChangesNothingMore()
    {
        for (int codePoint = 0; codePoint <= CodePoints.Last; codePoint++)
        {
            int folded = CaseFolding.Fold(codePoint);
            Assert.Equal(folded, CaseFolding.Fold(folded));
        }
    }

    [Fact]
    public void Fold_UpperAndLowerCase_IsTheSame()
    {
        for (int codePoint = 0; codePoint <= CodePoints.Last; codePoint++)
        {
            if (Rune.TryCreate(codePoint, out Rune rune) && codePoint is not (0x130 or 0x131))
            {
                Assert.Equal(CaseFolding.Fold(codePoint), CaseFolding.Fold(Rune.ToLowerInvariant(rune).Value));
                Assert.Equal(CaseFolding.Fold(codePoint), CaseFolding.Fold(Rune.ToUpperInvariant(rune).Value));
            }
        }
    }

    [Theory]
    [InlineData("K", "k\u212a")]
    [InlineData("s", "S\u017f")]
    [InlineData("\u00df", "\u1e9e")]
    [InlineData("\u03b9", "\u0345\u0399\u1fbe")]
    [InlineData("\u03b8", "\u0398\u03d1\u03f4")]
    [InlineData("\u01c6", "\u01c4\u01c5")]
    [InlineData("\u0390", "\u1fd3")]
    [InlineData("\ufb05", "\ufb06")]
    [InlineData("\u0130", "")]
    [InlineData("\u0131", "")]
    [InlineData("1", "")]
    public void FormsOf_Letter_AreThoseOfUnicode(string letter, string others)
    {
        Span<int> forms = stackalloc int[CaseFolding.MaxForms];
        int count = CaseFolding.FormsOf(letter[0], forms);
        Assert.Equal(others.Order(), forms[1..count].ToArray().Select(form => (char)form).Order());
        Assert.Equal(letter[0], forms[0]);
    }

    private static void AssertForms(List<int> expected, int form)
    {
        Span<int> forms = stackalloc int[CaseFolding.MaxForms];
        int count = CaseFolding.FormsOf(form, forms);
        Assert.Equal(expected, forms[..count].ToArray().Order());
    }
}
