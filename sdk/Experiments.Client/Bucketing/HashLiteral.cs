using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Client.Bucketing;

/// <summary>A text that is hashed after the user key, such as <c>:salt</c>: its UTF-8 as little-endian words, the last one filled up
/// with zeros. The literals of a snapshot share one array.</summary>
/// <param name="words">As many as <see cref="WordCount"/> says.</param>
/// <param name="length">In bytes.</param>
internal readonly ref struct HashLiteral(ReadOnlySpan<uint> words, int length)
{
    public ReadOnlySpan<uint> Words { get; } = words;

    /// <summary>In bytes.</summary>
    public int Length { get; } = length;

    public static int WordCount(int length) => (length + MurmurHash3.BlockSize - 1) / MurmurHash3.BlockSize;

    /// <param name="text">A lone surrogate is encoded as EF BF BD, like in JavaScript.</param>
    public static HashLiteral From(string text) => From(Encoding.UTF8.GetBytes(text));

    public static HashLiteral From(ReadOnlySpan<byte> utf8)
    {
        uint[] words = new uint[WordCount(utf8.Length)];
        Fill(words, utf8, default);
        return new HashLiteral(words, utf8.Length);
    }

    /// <summary>Writes a text as words.</summary>
    /// <param name="words">Zeros; as many as <see cref="WordCount"/> says.</param>
    /// <param name="start">Of the text, in UTF-8.</param>
    /// <param name="rest">Of the text.</param>
    public static void Fill(Span<uint> words, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        Span<byte> utf8 = MemoryMarshal.AsBytes(words);
        start.CopyTo(utf8);
        rest.CopyTo(utf8[start.Length..]);
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
