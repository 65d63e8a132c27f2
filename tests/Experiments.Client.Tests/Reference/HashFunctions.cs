using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Client.Tests.Reference;

/// <summary>The hash functions of the format, each with the number of bits of its value.</summary>
internal static class HashFunctions
{
    public static (ulong Value, int Bits) Compute(string function, string text, uint seed)
    {
        // A lone surrogate becomes U+FFFD.
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350, CA5351 // Other products bucket with MD5 and SHA-1.
        return function switch
        {
            "murmur3" => (Murmur3(utf8, seed), 32),
            "fnv1a" => (Fnv1a(text), 32),
            "fnv1a2" => (Fnv1a(Fnv1a(text).ToString(CultureInfo.InvariantCulture)), 32),
            "md5" => (BinaryPrimitives.ReadUInt32BigEndian(MD5.HashData(utf8)), 32),
            "sha1" => (ulong.Parse(Convert.ToHexString(SHA1.HashData(utf8))[..15], NumberStyles.HexNumber, CultureInfo.InvariantCulture), 60),
            "sha256" => (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(utf8)), 64),
            "sha256le" => (BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(utf8)), 32),
            "crc32" => (Crc32(utf8), 32),
            _ => throw new ReferenceFaultException(ReferenceFaultException.Malformed),
        };
#pragma warning restore CA5350, CA5351
    }

    /// <summary>MurmurHash3_x86_32 (https://github.com/aappleby/smhasher/blob/61a0530f/src/MurmurHash3.cpp).</summary>
    public static uint Murmur3(byte[] data, uint seed)
    {
        uint hash = seed;
        int whole = data.Length / 4 * 4;
        for (int i = 0; i < whole; i += 4)
        {
            uint block = data[i] | ((uint)data[i + 1] << 8) | ((uint)data[i + 2] << 16) | ((uint)data[i + 3] << 24);
            hash ^= Scramble(block);
            hash = BitOperations.RotateLeft(hash, 13);
            hash = (hash * 5) + 0xe6546b64;
        }

        uint tail = 0;
        for (int i = data.Length - 1; i >= whole; i--)
        {
            tail = (tail << 8) | data[i];
        }

        hash ^= Scramble(tail);
        hash ^= (uint)data.Length;
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;

    /// <summary>FNV-1a, over UTF-16 units instead of bytes.</summary>
    private static uint Fnv1a(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * 16_777_619;
        }

        return hash;
    }

    /// <summary>CRC-32 of ISO-HDLC (zip, PNG), reflected, bit by bit.</summary>
    private static uint Crc32(byte[] data)
    {
        uint crc = 0xffffffff;
        foreach (byte next in data)
        {
            crc ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
