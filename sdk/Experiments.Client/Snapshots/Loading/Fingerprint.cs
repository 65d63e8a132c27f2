using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Tells whether a definition is the same as in the snapshot before: 64 bits from two CRCs, which processors compute at the speed
/// of memory. For notifications only; nothing is decided by it.</summary>
internal static class Fingerprint
{
    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        uint even = uint.MaxValue;
        uint odd = 0x9e3779b9;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(utf8);
        for (int i = 0; i < words.Length; i++)
        {
            even = BitOperations.Crc32C(even, words[i]);
            odd = BitOperations.Crc32C(odd, BitOperations.RotateLeft(words[i], 32) ^ even);
        }

        foreach (byte rest in utf8[(words.Length * sizeof(ulong))..])
        {
            even = BitOperations.Crc32C(even, rest);
            odd = BitOperations.Crc32C(odd, rest);
        }

        return ((ulong)even << 32) | odd;
    }
}
