using Experiments.Client.Targeting;

namespace Experiments.Client.Tests.Targeting;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("abcd")]
    public void WordOf_OtherTexts_DifferOrAreComparedInFull(string text)
    {
        foreach (string other in new[] { "", "b", "ac", "ba", "abd", "abce", "abc\0", text + "\0", "\0" + text })
        {
            bool areSame = ShortText.WordOf(text) == ShortText.WordOf(other) && ShortText.AreEqual(text, other);
            Assert.Equal(text == other, areSame);
        }
    }

    [Fact]
    public void Decide_OperandOf65539CharactersWithTheWordOfAShortOne_DoesNotMatch()
    {
        // The length overflows into the bits of the third character, which has that bit set already.
        string operand = "abc" + new string('x', 65_536);
        Assert.Equal(ShortText.WordOf("abc"), ShortText.WordOf(operand));
        string experiment = SnapshotJson.Experiment(
            targetingRules: SnapshotJson.Rule("a", "in", $"[\"{operand}\"]"), allocations: SnapshotJson.Everyone);
        Assert.False(Deciders.From($"[{experiment}]").Decide("checkout", "user", [("a", "abc")]).IsAssigned);
        Assert.True(Deciders.From($"[{experiment}]").Decide("checkout", "user", [("a", operand)]).IsAssigned);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("abcd")]
    [InlineData("\0\0")]
    [InlineData("\uffff\ud800\0x")]
    public void WordOf_StringAndSpan_AreTheSame(string text) =>
        Assert.Equal(ShortText.WordOf(text), ShortText.WordOf($"{text}rest".AsSpan(0, text.Length)));
}
