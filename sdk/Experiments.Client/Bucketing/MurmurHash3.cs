using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Experiments.Client.Bucketing;

/// <summary>
/// MurmurHash3 x86 32 by Austin Appleby (public domain): https://github.com/aappleby/smhasher/blob/61a0530f28277f2e850bfc39600ce61d02b518de/src/MurmurHash3.cpp
/// Its steps are apart, so that texts with the same beginning hash it once: see <see cref="UserKeyHash"/>.
/// </summary>
internal static class MurmurHash3
{
    public const int BlockSize = sizeof(uint);

    internal const uint C1 = 0xcc9e2d51;
    internal const uint C2 = 0x1b873593;
    internal const uint BlockFactor = 5;
    internal const uint BlockSummand = 0xe6546b64;
    internal const uint FinishFactor1 = 0x85ebca6b;
    internal const uint FinishFactor2 = 0xc2b2ae35;

    public static uint Hash(ReadOnlySpan<byte> data, uint seed = 0)
    {
        uint state = seed;
        ReadOnlySpan<byte> rest = data;
        for (; rest.Length >= BlockSize; rest = rest[BlockSize..])
        {
            state = MixBlock(state, BinaryPrimitives.ReadUInt32LittleEndian(rest));
        }

        uint tail = 0;
        for (int i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        return Finish(MixTail(state, tail), data.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MixBlock(uint state, uint block) => MixMixed(state, MixWord(block));

    /// <summary>Blocks that are mixed themselves already: see <see cref="MixWord(Vector256{uint})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MixMixed(uint state, Vector256<uint> blocks) => MixMixed(MixMixed(state, blocks.GetLower()), blocks.GetUpper());

    /// <summary>What needs no state, of eight blocks at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> MixWord(Vector256<uint> word) => RotateLeft(word * C1, 15) * C2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft(Vector256<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));

    /// <param name="state">After the whole blocks.</param>
    /// <param name="tail">The 0 to 3 bytes that are left, zero above them. Without any it is 0, which changes nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MixTail(uint state, uint tail) => state ^ MixWord(tail);

    /// <param name="state">After the tail.</param>
    /// <param name="length">Of all that was hashed, in bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Finish(uint state, int length)
    {
        state ^= (uint)length;
        state ^= state >> 16;
        state *= FinishFactor1;
        state ^= state >> 13;
        state *= FinishFactor2;
        return state ^ (state >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MixMixed(uint state, Vector128<uint> blocks) =>
        MixMixed(MixMixed(MixMixed(MixMixed(state, blocks[0]), blocks[1]), blocks[2]), blocks[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MixMixed(uint state, uint block) => (BitOperations.RotateLeft(state ^ block, 13) * BlockFactor) + BlockSummand;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MixWord(uint word) => BitOperations.RotateLeft(word * C1, 15) * C2;
}
