using System.Runtime.CompilerServices;

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
    public static ulong WordOf(ReadOnlySpan<char> text)
    {
        ulong word = (uint)text.Length;
        if (text.Length >= MaxLength)
        {
            return word | ((ulong)text[0] << CharBits << CharBits) | ((ulong)text[1] << (3 * CharBits)) | ((ulong)text[2] << CharBits);
        }

        if (text.Length > 0)
        {
            word |= (ulong)text[0] << CharBits << CharBits;
        }

        if (text.Length > 1)
        {
            word |= (ulong)text[1] << (3 * CharBits);
        }

        return word;
    }

    /// <summary>Whether two texts with the same word are the same. Lengths above 65,535 share their bits with a character, so a long
    /// text can have the word of a short one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string one, string other) =>
        one.Length == other.Length && (one.Length <= MaxLength || ReferenceEquals(one, other) || one.AsSpan().SequenceEqual(other));
}
