using CsCheck;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class SemanticVersionTests
{
    // The examples of the specification and of its test patterns (https://semver.org, "suggested regular expression").
    private const string Valid = """
        0.0.4 1.2.3 10.20.30 1.1.2-prerelease+meta 1.1.2+meta 1.1.2+meta-valid 1.0.0-alpha 1.0.0-beta 1.0.0-alpha.beta
        1.0.0-alpha.beta.1 1.0.0-alpha.1 1.0.0-alpha0.valid 1.0.0-alpha.0valid
        1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay 1.0.0-rc.1+build.1 2.0.0-rc.1+build.123 1.2.3-beta
        10.2.3-DEV-SNAPSHOT 1.2.3-SNAPSHOT-123 1.0.0 2.0.0 1.1.7 2.0.0+build.1848 2.0.1-alpha.1227 1.0.0-alpha+beta
        1.2.3----RC-SNAPSHOT.12.9.1--.12+788 1.2.3----R-S.12.9.1--.12+meta 1.2.3----RC-SNAPSHOT.12.9.1--.12
        1.0.0+0.build.1-rc.10000aaa-kk-0.1 99999999999999999999999.999999999999999999.99999999999999999 1.0.0-0A.is.legal
        0.0.0 1.0.0--- 1.0.0+-- 1.0.0-0 1.0.0+00.01
        """;

    private const string Invalid = """
        1 1.2 1.2.3-0123 1.2.3-0123.0123 1.1.2+.123 +invalid -invalid -invalid+invalid -invalid.01 alpha alpha.beta alpha.beta.1
        alpha.1 alpha+beta alpha_beta alpha. alpha.. beta 1.0.0-alpha_beta -alpha. 1.0.0-alpha.. 1.0.0-alpha..1 1.0.0-alpha...1
        1.0.0-alpha....1 1.0.0-alpha.....1 1.0.0-alpha......1 1.0.0-alpha.......1 01.1.1 1.01.1 1.1.01 1.2.3.DEV 1.2-SNAPSHOT
        1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788 1.2-RC-SNAPSHOT -1.0.3-gamma+b7718 +justmeta 9.8.7+meta+meta
        9.8.7-whatever+meta+meta 99999999999999999999999.999999999999999999.99999999999999999----RC-SNAPSHOT.12.09.1----..12
        v1.2.3 V1.2.3 =1.2.3 1.2.3. 1.2.3- 1.2.3+ 1.2.3-+b .1.2 1..2 ... 1.2.3.4 1.2.x 1.2.* ^1.2.3 1.2.3-é 1.2.3+ü ٣.0.0 1,2,3
        -1.2.3 1.-2.3
        1.2.3-.a 1.2.3-a. 1.2.3+a. 1.2.3-00 +1.2.3 0x1.2.3 1e1.2.3
        """;

    public static TheoryData<string> ValidVersions => [.. Words(Valid)];

    public static TheoryData<string> InvalidVersions =>
        [.. Words(Invalid), "", " ", " 1.2.3", "1.2.3 ", "1.2.3\n", "1. 2.3", "1.2.3-a b", "1.2.3\0"];

    [Theory]
    [MemberData(nameof(ValidVersions))]
    public void TryParse_ValidVersion_EqualsItself(string text)
    {
        Assert.True(SemanticVersion.TryParse(text, out SemanticVersion? version));
        Assert.True(version.TryCompare(text, out int sign));
        Assert.Equal(0, sign);
    }

    [Theory]
    [MemberData(nameof(InvalidVersions))]
    public void TryParse_InvalidVersion_IsRefusedOnBothSides(string text)
    {
        Assert.False(SemanticVersion.TryParse(text, out SemanticVersion? version));
        Assert.Null(version);
        Assert.False(Parse("1.2.3").TryCompare(text, out int sign));
        Assert.Equal(0, sign);
    }

    [Theory]
    [InlineData("1.0.0 2.0.0 2.1.0 2.1.1")]
    [InlineData("1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0")]
    [InlineData("0.0.0-0 0.0.0-00a 0.0.0-a 0.0.0 0.0.1-0 0.0.1 0.1.0 0.9.0 0.10.0 1.0.0 9.0.0 10.0.0")]
    [InlineData("1.0.0-1 1.0.0-2 1.0.0-10 1.0.0-- 1.0.0-1a 1.0.0-A 1.0.0-Z 1.0.0-a 1.0.0-a.0 1.0.0-a.0.0 1.0.0-a-b 1.0.0-aa 1.0.0-z")]
    [InlineData("18446744073709551615.0.0 18446744073709551616.0.0 99999999999999999999999999.0.0 100000000000000000000000000.0.0")]
    [InlineData("1.0.0-18446744073709551615 1.0.0-18446744073709551616 1.0.0-99999999999999999999999 1.0.0-a")]
    public void TryCompare_ChainOfVersions_IsInOrder(string chain)
    {
        string[] versions = Words(chain);
        for (int i = 0; i < versions.Length; i++)
        {
            for (int j = 0; j < versions.Length; j++)
            {
                Assert.True(Parse(versions[j]).TryCompare(versions[i], out int sign));
                Assert.True(i.CompareTo(j) == sign, $"{versions[i]} against {versions[j]}: {sign}");
            }
        }
    }

    [Theory]
    [InlineData("1.0.0", "1.0.0+build")]
    [InlineData("1.0.0+a", "1.0.0+b")]
    [InlineData("1.0.0-rc.1+a-b", "1.0.0-rc.1")]
    public void TryCompare_BuildMetadata_DoesNotCount(string one, string other)
    {
        Assert.True(Parse(one).TryCompare(other, out int sign));
        Assert.Equal(0, sign);
    }

    [Fact]
    public void TryCompare_AnyTexts_NeverThrowsAndIsAntisymmetric()
    {
        Gen<string> text = Property.OneOf('0', '1', '2', '.', '-', '+', 'a', 'Z', ' ', 'é', '\ud800')
            .Array[0, 12].Select(units => "1.0" + new string(units));
        Property.Holds(
            Gen.Select(text, text),
            pair =>
            {
                if (SemanticVersion.TryParse(pair.Item1, out SemanticVersion? one)
                    && SemanticVersion.TryParse(pair.Item2, out SemanticVersion? other))
                {
                    Assert.True(one.TryCompare(pair.Item2, out int there));
                    Assert.True(other.TryCompare(pair.Item1, out int back));
                    Assert.Equal(there, -back);
                }
            },
            LongRun.Count(20_000, 500_000));
    }

    [Fact]
    public void TryCompare_LongVersions_AllocatesNothing()
    {
        SemanticVersion version = Parse("1.20.300-alpha.beta.10+build");
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            version.TryCompare("1.20.300-alpha.beta.9+x", out _);
            version.TryCompare("1.20.300-alpha.beta.99999999999999999999999999", out _);
            version.TryCompare("v1", out _);
        }));
    }

    private static SemanticVersion Parse(string text) =>
        SemanticVersion.TryParse(text, out SemanticVersion? version) ? version : throw new ArgumentException(text, nameof(text));

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
