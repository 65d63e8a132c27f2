using System.Text;
using Experiments.Control.Explaining;

namespace Experiments.Control.Tests.Explaining;

public sealed class ImpactLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public async Task Read_PiecesOfAnySize_AnswersTheSameLines(int pieceBytes)
    {
        string[] lines = [.. Enumerable.Range(0, 400).Select(static i => new string((char)('a' + (i % 26)), 1 + (i * 37 % 900)))];
        using var stream = new Pieces(Encoding.UTF8.GetBytes(string.Join('\n', lines)), pieceBytes);
        var read = new ImpactLines(stream);
        List<string> found = [];
        while (await read.ReadAsync(CancellationToken.None))
        {
            Assert.Null(read.Fault);
            found.Add(Encoding.UTF8.GetString(read.Line.Span));
        }

        Assert.Equal(lines, found);
        Assert.Equal(lines.Length, read.Number);
    }

    [Fact]
    public async Task Read_BlankLines_AreNumberedAndPassedOver()
    {
        using var stream = new MemoryStream("\n \t\r\na\n\n"u8.ToArray());
        var lines = new ImpactLines(stream);

        Assert.True(await lines.ReadAsync(CancellationToken.None));
        Assert.Equal(3, lines.Number);
        Assert.False(await lines.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        using var stream = new MemoryStream("a"u8.ToArray());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await new ImpactLines(stream).ReadAsync(new CancellationToken(canceled: true)));
    }

    private sealed class Pieces(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
