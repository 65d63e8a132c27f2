using Experiments.Control.Definitions;
using Experiments.Control.Storage.LiteDb;

namespace Experiments.Control.Tests.Storage.LiteDb;

public sealed class OrderedKeyTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "aa")]
    [InlineData("Z", "a")]
    [InlineData("\u00FF", "\u0100")]
    [InlineData("\uD83D\uDE00", "\uE000")]
    public void Of_Texts_OrderIsOrdinal(string lower, string higher) =>
        Assert.True(OrderedKey.Of(lower).AsSpan().SequenceCompareTo(OrderedKey.Of(higher)) < 0);

    // Attributes cannot hold lone surrogates.
    [Fact]
    public void Of_LoneSurrogates_OrderIsOrdinal() =>
        Assert.True(OrderedKey.Of("\uD800").AsSpan().SequenceCompareTo(OrderedKey.Of("\uD801")) < 0);

    [Fact]
    public void Of_TimesAndSequences_OrderIsByTimeThenSequence()
    {
        byte[][] keys =
        [
            OrderedKey.Of([1], Samples.Time, 1),
            OrderedKey.Of([1], Samples.Time, 2),
            OrderedKey.Of([1], Samples.Time, 256),
            OrderedKey.Of([1], new DateTimeOffset(Samples.Time.Ticks + 1, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(14)), 0),
            OrderedKey.Of([1], DateTimeOffset.MaxValue, long.MaxValue),
            [1, byte.MaxValue],
            OrderedKey.Of([2], DateTimeOffset.MinValue, 0),
        ];

        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
    }

    [Fact]
    public void Of_Statuses_AreStoredAsTheseNumbers() =>
        Assert.Equal([0, 1, 2, 3], Enum.GetValues<ExperimentStatus>().Select(status => OrderedKey.Of(status)[0]));

    [Fact]
    public void Of_TextTooLongForAnIndex_Throws()
    {
        Assert.Equal(1022, OrderedKey.Of(new string('x', 511)).Length);
        Assert.Throws<ArgumentException>(() => OrderedKey.Of(new string('x', 512)));
        Assert.Throws<ArgumentException>(() => OrderedKey.Of(Guid.Empty, new string('x', 504)));
    }
}
