using System.Globalization;

namespace Experiments.Client.Tests.Targeting;

/// <summary>Sets behind <c>in</c> and <c>notIn</c>: compared one by one while small, frozen above 8.</summary>
public sealed class OperandTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1_000)]
    public void In_TextsOfEverySetSize_FindsItsMembersOnly(int size)
    {
        string set = $"[{string.Join(',', Enumerable.Range(0, size).Select(i => $"\"country-{i}\""))}]";
        for (int i = 0; i < size; i += Math.Max(1, size / 50))
        {
            Assert.True(Conditions.Holds("in", set, $"\"country-{i}\""));
            Assert.False(Conditions.Holds("notIn", set, $"\"country-{i}\""));
            Assert.False(Conditions.Holds("in", set, $"\"Country-{i}\""));
        }

        AssertHoldsNone(set, $"\"country-{size}\"", "\"\"", "0", "null", "true", "[]", "{}", null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1_000)]
    public void In_NumbersOfEverySetSize_FindsItsMembersOnly(int size)
    {
        string set = $"[{string.Join(',', Enumerable.Range(0, size).Select(i => (i * 0.5).ToString(CultureInfo.InvariantCulture)))}]";
        for (int i = 0; i < size; i += Math.Max(1, size / 50))
        {
            Assert.True(Conditions.Holds("in", set, (i * 0.5).ToString(CultureInfo.InvariantCulture)));
        }

        AssertHoldsNone(set, "-1", "0.25", "\"0\"", "\"\"", "null", "false", null);
    }

    [Fact]
    public void In_MixedTypesBeyondTheLinearLimit_ComparesEachTypeStrictly()
    {
        string texts = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"{i}\""));
        string numbers = string.Join(',', Enumerable.Range(100, 20));
        string set = $"[{texts},{numbers},null,false,[],{{}}]";
        foreach (string held in new[] { "\"0\"", "\"19\"", "100", "119", "null", "false" })
        {
            Assert.True(Conditions.Holds("in", set, held), held);
        }

        AssertHoldsNone(set, "0", "\"100\"", "true", "[]", "{}", null);
    }

    [Fact]
    public void In_DuplicatesInTheSet_AreHarmless()
    {
        string set = $"[{string.Join(',', Enumerable.Repeat("\"a\"", 30))},{string.Join(',', Enumerable.Repeat("1", 30))}]";
        Assert.True(Conditions.Holds("in", set, "\"a\""));
        Assert.True(Conditions.Holds("in", set, "1"));
        AssertHoldsNone(set, "\"b\"", "2");
    }

    private static void AssertHoldsNone(string set, params string?[] attributes) => Assert.All(attributes, attribute =>
    {
        Assert.False(Conditions.Holds("in", set, attribute));
        Assert.True(Conditions.Holds("notIn", set, attribute));
    });
}
