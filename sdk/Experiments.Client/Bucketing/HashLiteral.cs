using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Client.Bucketing;

/// <summary>A text that is hashed after the user key, such as <c>:salt</c>: its UTF-8 as little-endian words, the last one filled up
/// with zeros.</summary>
internal readonly struct HashLiteral(ReadOnlySpan<byte> utf8)
{
    public uint[] Words { get; } = ToWords(utf8);

    /// <summary>In bytes.</summary>
    public int Length { get; } = utf8.Length;

    /// <param name="text">A lone surrogate is encoded as EF BF BD, like in JavaScript.</param>
    public static HashLiteral From(string text) => new(Encoding.UTF8.GetBytes(text));

    private static uint[] ToWords(ReadOnlySpan<byte> utf8)
    {
        uint[] words = new uint[(utf8.Length + MurmurHash3.BlockSize - 1) / MurmurHash3.BlockSize];
        utf8.CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
        }

        return words;
    }
}
