using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class UnicodeCategoriesTests
{
    public static TheoryData<string> Names =>
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "C",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void TryFind_CategoryName_HoldsTheSameCharactersAsTheFrameworks(string name)
    {
        Assert.True(UnicodeCategories.TryFind(name, out uint mask));
        Regex expected = new($@"\p{{{name}}}", RegexOptions.CultureInvariant);
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            // The framework's C has Cn, RE2's has not.
            bool isMember = expected.IsMatch(((char)unit).ToString())
                && (name != "C" || CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.OtherNotAssigned);
            Assert.Equal(isMember, (UnicodeCategories.MaskOf(unit) & mask) != 0);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("l")]
    [InlineData("LU")]
    [InlineData("lu")]
    [InlineData("Cn")]
    [InlineData("LC")]
    [InlineData("Latin")]
    public void TryFind_OtherName_IsRefused(string name) => Assert.False(UnicodeCategories.TryFind(name, out _));
}
