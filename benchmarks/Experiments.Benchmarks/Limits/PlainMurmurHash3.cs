using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Experiments.Benchmarks.Limits;

/// <summary>
/// MurmurHash3 x86 32, seed 0, one word after another: https://github.com/aappleby/smhasher/blob/61a0530f28277f2e850bfc39600ce61d02b518de/src/MurmurHash3.cpp
/// Not the engine's on purpose: the yardstick stays as long as it is when the engine's hash changes.
/// </summary>
internal static class PlainMurmurHash3
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        uint state = 0;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(data))
        {
            state = (BitOperations.RotateLeft(state ^ Mix(word), 13) * 5) + 0xe6546b64;
        }

        uint rest = 0;
        for (int i = data.Length - 1; i >= (data.Length & ~3); i--)
        {
            rest = (rest << 8) | data[i];
        }

        state ^= Mix(rest);
        state ^= (uint)data.Length;
        state ^= state >> 16;
        state *= 0x85ebca6b;
        state ^= state >> 13;
        state *= 0xc2b2ae35;
        return state ^ (state >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint word) => BitOperations.RotateLeft(word * C1, 15) * C2;
}
