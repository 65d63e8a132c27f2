using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Experiments.Client.Targeting;

/// <summary>
/// Length and first characters of a text in one word: most texts that differ do so there, and short ones are the same where their words
/// are, so one comparison takes the place of a call (row decide-one of <c>Experiments.Benchmarks bars</c>).
/// </summary>
internal static class ShortText
{
    /// <summary>Texts of this length, and shorter ones, are all in their words.</summary>
    public const int MaxLength = 3;

    private const int CharBits = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WordOf(string text)
    {
        if (!BitConverter.IsLittleEndian || text.Length == 0)
        {
            return WordOf(text.AsSpan());
        }

        // The character after a string's last one is there and zero, so that one read takes the place of one with a check for each.
        ref byte start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text.AsSpan()));
        ulong characters = text.Length >= MaxLength ? Unsafe.ReadUnaligned<ulong>(ref start) : Unsafe.ReadUnaligned<uint>(ref start);
        return (characters << CharBits) | (ushort)text.Length;
    }

    /// <inheritdoc cref="WordOf(string)"/>
    public static ulong WordOf(ReadOnlySpan<char> text)
    {
        ulong word = (ushort)text.Length;
        for (int i = 0; i < Math.Min(text.Length, MaxLength); i++)
        {
            word |= (ulong)text[i] << ((i + 1) * CharBits);
        }

        return word;
    }

    /// <summary>Whether two texts with the same word are the same. Lengths above 65,535 share their bits with a character, so a long
    /// text can have the word of a short one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string one, string other) =>
        one.Length == other.Length && (one.Length <= MaxLength || ReferenceEquals(one, other) || one.AsSpan().SequenceEqual(other));
}
