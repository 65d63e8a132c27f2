using System.Runtime.CompilerServices;

namespace Experiments.Client.Bucketing;

/// <summary>How a hash becomes a bucket: modulo or scaled to the number of buckets, in integers only. Hashes share it: those of all
/// experiments have one.</summary>
internal sealed record BucketSpace
{
    /// <summary>Number of buckets of an experiment.</summary>
    public const int ExperimentCount = 10_000;

    private const int WordBits = 32;

    // 0 stands for 2^64: no bucket space is empty.
    private readonly ulong _count;

    // For 32-bit hashes: remainder by two multiplications (Lemire, Kaser, Kurz: "Faster remainder by direct computation", 2019);
    // a division takes five times as long.
    private readonly ulong _reciprocal;
    private readonly Reduction _reduction;
    private readonly byte _bits;

    /// <param name="bits">Of the hash.</param>
    /// <param name="count">Number of buckets, 1 to 2^64.</param>
    /// <param name="isScaled">(hash * count) >> bits instead of hash modulo count.</param>
    public BucketSpace(int bits, UInt128 count, bool isScaled)
    {
        _bits = (byte)bits;
        _count = (ulong)count;
        if (bits == WordBits && count <= uint.MaxValue)
        {
            _reduction = isScaled ? Reduction.ScaleWord : Reduction.ModuloWord;
            _reciprocal = (ulong.MaxValue / _count) + 1;
        }
        else
        {
            _reduction = isScaled ? Reduction.Scale : Reduction.Modulo;
        }
    }

    private enum Reduction : byte
    {
        ModuloWord,
        ScaleWord,
        Modulo,
        Scale,
    }

    /// <summary>That of experiments: MurmurHash3 modulo 10,000.</summary>
    public static BucketSpace Experiment { get; } = new(WordBits, ExperimentCount, isScaled: false);

    private UInt128 Count => _count == 0 ? UInt128.One << 64 : _count;

    /// <summary>From 0 to one less than the number of buckets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong BucketOf(ulong hash) => _reduction == Reduction.ModuloWord
        ? Math.BigMul(_reciprocal * hash, _count, out _)
        : Reduce(hash);

    /// <summary>Any bucket, each as likely as another.</summary>
    public ulong RandomBucket()
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        Random.Shared.NextBytes(random);
        return (ulong)((System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(random) * Count) >> 64);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Reduce(ulong hash) => _reduction switch
    {
        Reduction.ScaleWord => (hash * _count) >> WordBits,
        Reduction.Scale => (ulong)((hash * Count) >> _bits),
        _ => _count == 0 ? hash : hash % _count,
    };
}
