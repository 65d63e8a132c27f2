using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Experiments.Client.Bucketing;

/// <summary>
/// Eight literals of one length, hashed at once after one user key: lane i of every vector is literal i. It saves waiting
/// for each of them in turn (row decide-all-1000 of <c>Experiments.Benchmarks bars</c>); where the processor has no such vectors the
/// result is the same.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct HashBatch
{
    public const int Lanes = 8;

    private const int BlockBits = 32;

    // h / 10,000 = h * Reciprocal >> ReciprocalBits, without a rest for any h of 32 bits: the multiplication that compilers put for the
    // division.
    private const ulong Reciprocal = 0xD1B7_1759;
    private const int ReciprocalBits = 45;

    private readonly Vector256<uint>[] _words;
    private readonly int _length;

    /// <param name="words">The words of many literals.</param>
    /// <param name="starts">Where among them each of the eight starts.</param>
    /// <param name="length">Of each literal, in bytes.</param>
    public HashBatch(ReadOnlySpan<uint> words, ReadOnlySpan<int> starts, int length)
    {
        _length = length;
        _words = new Vector256<uint>[HashLiteral.WordCount(length)];
        Span<uint> lanes = stackalloc uint[Lanes];
        for (int word = 0; word < _words.Length; word++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                lanes[lane] = words[starts[lane] + word];
            }

            _words[word] = Vector256.Create<uint>(lanes);
        }
    }

    /// <summary>The hashes of the user key followed by each literal.</summary>
    public Vector256<uint> Hash(in UserKeyHash user)
    {
        int shift = (user.Length & (MurmurHash3.BlockSize - 1)) * 8;
        Vector256<uint> state = Vector256.Create(user.State);
        Vector256<uint> tail = Vector256.Create(user.Tail);
        ReadOnlySpan<Vector256<uint>> words = _words;
        int whole = _length / MurmurHash3.BlockSize;
        if (shift == 0)
        {
            for (int i = 0; i < whole; i++)
            {
                state = MixBlock(state, words[i]);
            }
        }
        else
        {
            for (int i = 0; i < whole; i++)
            {
                state = MixBlock(state, tail | (words[i] << shift));
                tail = words[i] >>> (BlockBits - shift);
            }
        }

        if (whole < words.Length)
        {
            int left = (_length & (MurmurHash3.BlockSize - 1)) + (shift / 8);
            tail |= words[whole] << shift;
            if (left >= MurmurHash3.BlockSize)
            {
                state = MixBlock(state, tail);
                tail = words[whole] >>> (BlockBits - shift);
            }
        }

        return Finish(state ^ MurmurHash3.MixWord(tail), (uint)(user.Length + _length));
    }

    /// <summary>The buckets of the user key followed by each literal, of as many as experiments have.</summary>
    /// <param name="user">The user key.</param>
    /// <param name="buckets">Receives one for each lane.</param>
    public void Buckets(in UserKeyHash user, Span<ulong> buckets)
    {
        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(Hash(in user));
        BucketsOf(lower).CopyTo(buckets);
        BucketsOf(upper).CopyTo(buckets[Vector256<ulong>.Count..]);
    }

    private static Vector256<ulong> BucketsOf(Vector256<ulong> hashes) =>
        hashes - (((hashes * Reciprocal) >>> ReciprocalBits) * BucketSpace.ExperimentCount);

    private static Vector256<uint> MixBlock(Vector256<uint> state, Vector256<uint> block) =>
        (MurmurHash3.RotateLeft(state ^ MurmurHash3.MixWord(block), 13) * MurmurHash3.BlockFactor)
        + Vector256.Create(MurmurHash3.BlockSummand);

    private static Vector256<uint> Finish(Vector256<uint> state, uint length)
    {
        state ^= Vector256.Create(length);
        state ^= state >>> 16;
        state *= MurmurHash3.FinishFactor1;
        state ^= state >>> 13;
        state *= MurmurHash3.FinishFactor2;
        return state ^ (state >>> 16);
    }
}
