using Experiments.Client.Snapshots.Loading;

namespace Experiments.Client.Tests.Snapshots.Loading;

public sealed class TextPagesTests
{
    // Larger arrays are large objects.
    private const int LargeObject = 85_000;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(100_000)]
    public void Take_ManyOfASize_GivesEachARoomOfItsOwn(int size)
    {
        var pages = new TextPages();
        (byte[] Page, int Start)[] rooms = [.. Enumerable.Range(0, 200).Select(_ => (pages.Take(size, out int start), start))];
        foreach ((byte[] page, int start) in rooms)
        {
            Span<byte> room = page.AsSpan(start, size);
            Assert.False(room.ContainsAnyExcept((byte)0));
            room.Fill(1);
        }
    }

    [Fact]
    public void Take_Nothing_GivesAnEmptyRoom()
    {
        var pages = new TextPages();
        Assert.True(pages.Take(0, out int start).AsSpan(start, 0).IsEmpty);
    }

    [Fact]
    public void Take_SmallTexts_WastesLittleAndAllocatesNoLargeObjects()
    {
        const int Size = 117;
        const int Count = 20_000;
        var pages = new TextPages();
        byte[][] distinct = [.. Enumerable.Range(0, Count).Select(_ => pages.Take(Size, out int _)).Distinct()];
        Assert.All(distinct, page => Assert.InRange(page.Length, 1, LargeObject));
        Assert.InRange(distinct.Sum(page => page.Length), Size * Count, Size * Count * 1.05);
    }

    [Fact]
    public void Take_OneShortText_TakesASmallPage() => Assert.InRange(new TextPages().Take(36, out int _).Length, 36, 1_024);
}
