using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class BoundedStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(100_000)]
    public async Task ReadToEndAsync_AnyAnnouncedLength_ReadsEverything(int size)
    {
        byte[] content = Content(size);
        foreach (long? length in new long?[] { null, -1, 0, size - 1, size, size + 1 })
        {
            ReadOnlyMemory<byte> read = await BoundedStream.ReadToEndAsync(
                new Dribble(content), length < -1 ? -1 : length, size + 1, CancellationToken.None);
            Assert.Equal(content, read.ToArray());
        }
    }

    [Fact]
    public async Task ReadToEndAsync_ExactlyTheLimit_IsRead()
    {
        foreach (long? length in new long?[] { null, 500 })
        {
            Assert.Equal(500, (await BoundedStream.ReadToEndAsync(new Dribble(Content(500)), length, 500, CancellationToken.None)).Length);
        }
    }

    [Fact]
    public async Task ReadToEndAsync_EachPiece_IsTold()
    {
        int pieces = 0;
        await BoundedStream.ReadToEndAsync(new Dribble(Content(2_500)), 2_500, 2_500, () => pieces++, CancellationToken.None);
        Assert.Equal(3, pieces);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1L)]
    [InlineData(10L)]
    [InlineData(501L)]
    [InlineData(long.MaxValue)]
    public async Task ReadToEndAsync_MoreThanTheLimit_ThrowsWhateverWasAnnounced(long? length) =>
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await BoundedStream.ReadToEndAsync(new Dribble(Content(501)), length, 500, CancellationToken.None));

    private static byte[] Content(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Dribble(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1_000)], cancellationToken);
    }
}
