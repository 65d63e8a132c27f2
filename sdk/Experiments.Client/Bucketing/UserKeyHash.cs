using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Experiments.Client.Bucketing;

/// <summary>
/// MurmurHash3 after the bytes of a user key; every literal continues from there. Narrowing ASCII and hashing happen in one loop:
/// row decide-one of <c>Experiments.Benchmarks bars</c>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct UserKeyHash
{
    // In each of four UTF-16 units the bits that an ASCII character does not have.
    private const ulong NotAscii = 0xFF80_FF80_FF80_FF80;

    private const int StackBytes = 512;

    // One UTF-16 unit takes at most three bytes of UTF-8; a surrogate pair takes four, less than three each.
    private const int MaxBytesPerChar = 3;

    /// <param name="userKey">A lone surrogate is encoded as EF BF BD, like in JavaScript.</param>
    /// <param name="seed">The hash function's own argument.</param>
    public UserKeyHash(string userKey, uint seed = 0) => this = TryAscii(userKey, seed, out uint state, out uint tail)
        ? new UserKeyHash(state, tail, userKey.Length)
        : FromUtf8(userKey, seed);

    private UserKeyHash(uint state, uint tail, int length)
    {
        State = state;
        Tail = tail;
        Length = length;
    }

    /// <summary>After the whole blocks.</summary>
    internal uint State { get; }

    /// <summary>The bytes that fill no block, <c>Length % 4</c> of them, zero above.</summary>
    internal uint Tail { get; }

    /// <summary>In bytes.</summary>
    internal int Length { get; }

    /// <summary>The hash of a user key followed by the literal, in one go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(string userKey, uint seed, HashLiteral literal) => TryAscii(userKey, seed, out uint state, out uint tail)
        ? Then(state, tail, userKey.Length, literal)
        : HashUtf8(userKey, seed, literal);

    /// <summary>The hash of the user key followed by the literal.</summary>
    public uint Then(HashLiteral literal) => Then(State, Tail, Length, literal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Then(uint state, uint tail, int length, HashLiteral literal)
    {
        int pendingBytes = length & (MurmurHash3.BlockSize - 1);
        int shift = pendingBytes * 8;
        ReadOnlySpan<uint> words = literal.Words;
        int blocks = (int)((uint)(pendingBytes + literal.Length) / MurmurHash3.BlockSize);
        ulong pending = tail;
        int i = 0;
        if (Vector256.IsHardwareAccelerated && blocks > Vector256<uint>.Count)
        {
            // Only the last step of each block waits for the block before; what comes before it is done for eight blocks at once.
            state = MurmurHash3.MixBlock(state, (uint)(pending | ((ulong)words[0] << shift)));
            for (i = 1; i + Vector256<uint>.Count <= blocks; i += Vector256<uint>.Count)
            {
                Vector256<uint> starts = Vector256.Create(words.Slice(i - 1, Vector256<uint>.Count)) >>> (31 - shift) >>> 1;
                Vector256<uint> ends = Vector256.Create(words.Slice(i, Vector256<uint>.Count)) << shift;
                state = MurmurHash3.MixMixed(state, MurmurHash3.MixWord(starts | ends));
            }

            pending = ((ulong)words[i - 1] << shift) >> 32;
        }

        for (; i < words.Length; i++)
        {
            pending |= (ulong)words[i] << shift;
            if (i == blocks)
            {
                break;
            }

            state = MurmurHash3.MixBlock(state, (uint)pending);
            pending >>= 32;
        }

        return MurmurHash3.Finish(MurmurHash3.MixTail(state, (uint)pending), length + literal.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAscii(string userKey, uint seed, out uint state, out uint tail)
    {
        // Reading four characters at once through a reference saves the two checks that a span makes for each; the loop's condition keeps
        // it inside the text: row decide-one of Experiments.Benchmarks bars.
        ref byte text = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(userKey.AsSpan()));
        state = seed;
        tail = 0;
        if (!BitConverter.IsLittleEndian)
        {
            return false;
        }

        ulong all = 0;
        int done = 0;
        for (; done + MurmurHash3.BlockSize <= userKey.Length; done += MurmurHash3.BlockSize)
        {
            ulong units = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, done * sizeof(char)));
            all |= units;
            units |= units >> 8;
            state = MurmurHash3.MixBlock(state, ((uint)units & 0xFFFF) | ((uint)(units >> 16) & 0xFFFF0000));
        }

        for (int i = userKey.Length - 1; i >= done; i--)
        {
            all |= userKey[i];
            tail = (tail << 8) | userKey[i];
        }

        return (all & NotAscii) == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint HashUtf8(string userKey, uint seed, HashLiteral literal) => FromUtf8(userKey, seed).Then(literal);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UserKeyHash FromUtf8(string userKey, uint seed)
    {
        byte[]? rented = null;
        int most = userKey.Length * MaxBytesPerChar;
        Span<byte> buffer = most <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(most));
        ReadOnlySpan<byte> utf8 = buffer[..Encoding.UTF8.GetBytes(userKey, buffer)];
        uint state = seed;
        ReadOnlySpan<byte> rest = utf8;
        for (; rest.Length >= MurmurHash3.BlockSize; rest = rest[MurmurHash3.BlockSize..])
        {
            state = MurmurHash3.MixBlock(state, BinaryPrimitives.ReadUInt32LittleEndian(rest));
        }

        uint tail = 0;
        for (int i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        var hash = new UserKeyHash(state, tail, utf8.Length);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }
}
