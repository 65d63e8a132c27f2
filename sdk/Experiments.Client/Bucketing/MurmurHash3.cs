using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Experiments.Client.Bucketing;

/// <summary>
/// MurmurHash3 x86 32 by Austin Appleby (public domain): https://github.com/aappleby/smhasher/blob/61a0530f28277f2e850bfc39600ce61d02b518de/src/MurmurHash3.cpp
/// Split into steps, so that texts with the same beginning hash it once.
/// </summary>
internal static class MurmurHash3
{
    public const int BlockSize = sizeof(uint);

    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    public static uint Hash(ReadOnlySpan<byte> data, uint seed = 0) => Finish(data, 0, seed);

    /// <summary>The state after the whole blocks of <paramref name="prefix"/>; its last 0 to 3 bytes are left for <see cref="Finish"/>.</summary>
    public static uint HashBlocks(ReadOnlySpan<byte> prefix, uint seed = 0)
    {
        uint state = seed;
        for (; prefix.Length >= BlockSize; prefix = prefix[BlockSize..])
        {
            state = MixBlock(state, BinaryPrimitives.ReadUInt32LittleEndian(prefix));
        }

        return state;
    }

    /// <summary>The hash of <paramref name="data"/>, given the <paramref name="state"/> after its first <paramref name="done"/> bytes
    /// (whole blocks).</summary>
    public static uint Finish(ReadOnlySpan<byte> data, int done, uint state)
    {
        int length = data.Length;
        ReadOnlySpan<byte> rest = data[done..];
        state = HashBlocks(rest, state);
        ReadOnlySpan<byte> tail = rest[(rest.Length & ~(BlockSize - 1))..];
        uint k = 0;
        switch (tail.Length)
        {
            case 3:
                k = (uint)tail[2] << 16;
                goto case 2;
            case 2:
                k |= (uint)tail[1] << 8;
                goto case 1;
            case 1:
                k |= tail[0];
                state ^= MixWord(k);
                break;
        }

        state ^= (uint)length;
        state ^= state >> 16;
        state *= 0x85ebca6b;
        state ^= state >> 13;
        state *= 0xc2b2ae35;
        return state ^ (state >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MixBlock(uint state, uint block) => (BitOperations.RotateLeft(state ^ MixWord(block), 13) * 5) + 0xe6546b64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MixWord(uint word) => BitOperations.RotateLeft(word * C1, 15) * C2;
}
