using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Client.Bucketing;

/// <summary>Hashes a whole text with any of the schema's functions. Allocates nothing.</summary>
internal static class HashFunctions
{
    private const int StackBytes = 512;
    private const int MaxBytesPerChar = 3;
    private const int Sha1Bits = 60;

    /// <summary>By the name on the wire.</summary>
    public static bool TryParse(string name, out HashFunction function)
    {
        HashFunction? parsed = name switch
        {
            "murmur3" => HashFunction.Murmur3,
            "fnv1a" => HashFunction.Fnv1a,
            "fnv1a2" => HashFunction.Fnv1a2,
            "md5" => HashFunction.Md5,
            "sha1" => HashFunction.Sha1,
            "sha256" => HashFunction.Sha256,
            "sha256le" => HashFunction.Sha256LittleEndian,
            "crc32" => HashFunction.Crc32,
            _ => null,
        };
        function = parsed.GetValueOrDefault();
        return parsed is not null;
    }

    /// <summary>Number of bits of the result.</summary>
    public static int Bits(HashFunction function) => function switch
    {
        HashFunction.Sha1 => Sha1Bits,
        HashFunction.Sha256 => 64,
        _ => 32,
    };

    /// <param name="function">Which one.</param>
    /// <param name="seed">Of <see cref="HashFunction.Murmur3"/>; the others have none.</param>
    /// <param name="text">As UTF-8 or UTF-16 units: see <see cref="HashFunction"/>. A lone surrogate is encoded as EF BF BD.</param>
    public static ulong Hash(HashFunction function, uint seed, ReadOnlySpan<char> text)
    {
        switch (function)
        {
            case HashFunction.Fnv1a:
                return Fnv1a(text);
            case HashFunction.Fnv1a2:
                Span<char> digits = stackalloc char[10];
                Fnv1a(text).TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
                return Fnv1a(digits[..length]);
            default:
                return HashUtf8(function, seed, text);
        }
    }

    private static ulong HashUtf8(HashFunction function, uint seed, ReadOnlySpan<char> text)
    {
        byte[]? rented = null;
        int most = text.Length * MaxBytesPerChar;
        Span<byte> buffer = most <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(most));
        ReadOnlySpan<byte> utf8 = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
        ulong hash = function switch
        {
            HashFunction.Murmur3 => MurmurHash3.Hash(utf8, seed),
            HashFunction.Crc32 => Crc32(utf8),
            _ => Digest(function, utf8),
        };
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Buckets, not security: snapshots of other products name it.")]
    [SuppressMessage("Security", "CA5351", Justification = "Buckets, not security: snapshots of other products name it.")]
    private static ulong Digest(HashFunction function, ReadOnlySpan<byte> utf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        switch (function)
        {
            case HashFunction.Md5:
                MD5.HashData(utf8, digest);
                return BinaryPrimitives.ReadUInt32BigEndian(digest);
            case HashFunction.Sha1:
                SHA1.HashData(utf8, digest);
                return BinaryPrimitives.ReadUInt64BigEndian(digest) >> (64 - Sha1Bits);
            default:
                SHA256.HashData(utf8, digest);
                return function == HashFunction.Sha256
                    ? BinaryPrimitives.ReadUInt64BigEndian(digest)
                    : BinaryPrimitives.ReadUInt32LittleEndian(digest);
        }
    }

    /// <summary>http://www.isthe.com/chongo/tech/comp/fnv/ with a UTF-16 unit where that takes a byte, as GrowthBook does.</summary>
    private static uint Fnv1a(ReadOnlySpan<char> text)
    {
        uint hash = 0x811c9dc5;
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * 0x01000193;
        }

        return hash;
    }

    /// <summary>The reflected polynomial of IEEE 802.3, four bits at a time.</summary>
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table =
        [
            0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
            0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
        ];
        uint crc = uint.MaxValue;
        foreach (byte unit in data)
        {
            crc ^= unit;
            crc = table[(int)(crc & 15)] ^ (crc >> 4);
            crc = table[(int)(crc & 15)] ^ (crc >> 4);
        }

        return ~crc;
    }
}
