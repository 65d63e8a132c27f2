using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UserKeyHash(string userKey, uint seed = 0)
    {
        if (!BitConverter.IsLittleEndian || !TryAscii(userKey, seed, out this))
        {
            this = FromUtf8(userKey, seed);
        }
    }

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

    /// <summary>The hash of the user key followed by the literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Then(scoped in HashLiteral literal)
    {
        uint state = State;
        int shift = (Length & (MurmurHash3.BlockSize - 1)) * 8;
        ulong pending = Tail;
        ReadOnlySpan<uint> words = literal.Words;
        int rest = literal.Length & (MurmurHash3.BlockSize - 1);
        int whole = rest == 0 ? words.Length : words.Length - 1;
        for (int i = 0; i < words.Length; i++)
        {
            pending |= (ulong)words[i] << shift;
            if (i == whole)
            {
                break;
            }

            state = MurmurHash3.MixBlock(state, (uint)pending);
            pending >>= 32;
        }

        if ((shift / 8) + rest >= MurmurHash3.BlockSize)
        {
            state = MurmurHash3.MixBlock(state, (uint)pending);
            pending >>= 32;
        }

        return MurmurHash3.Finish(MurmurHash3.MixTail(state, (uint)pending), Length + literal.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAscii(string userKey, uint seed, out UserKeyHash hash)
    {
        // Reading four characters at once through a reference saves the two checks that a span makes for each; the loop's condition keeps
        // it inside the text: row decide-one of Experiments.Benchmarks bars.
        ref byte text = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(userKey.AsSpan()));
        uint state = seed;
        ulong all = 0;
        int done = 0;
        for (; done + MurmurHash3.BlockSize <= userKey.Length; done += MurmurHash3.BlockSize)
        {
            ulong units = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, done * sizeof(char)));
            all |= units;
            units |= units >> 8;
            state = MurmurHash3.MixBlock(state, ((uint)units & 0xFFFF) | ((uint)(units >> 16) & 0xFFFF0000));
        }

        uint tail = 0;
        for (int i = userKey.Length - 1; i >= done; i--)
        {
            all |= userKey[i];
            tail = (tail << 8) | userKey[i];
        }

        hash = new UserKeyHash(state, tail, userKey.Length);
        return (all & NotAscii) == 0;
    }

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
