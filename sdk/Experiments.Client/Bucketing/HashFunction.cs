namespace Experiments.Client.Bucketing;

/// <summary>The hash functions of the snapshot schema.</summary>
internal enum HashFunction : byte
{
    /// <summary>MurmurHash3 x86 32 of the UTF-8, with a seed.</summary>
    Murmur3,

    /// <summary>FNV-1a 32 over UTF-16 units, not bytes.</summary>
    Fnv1a,

    /// <summary>FNV-1a 32 of the decimal text of the FNV-1a 32.</summary>
    Fnv1a2,

    /// <summary>First 4 bytes, big-endian, of the MD5 of the UTF-8.</summary>
    Md5,

    /// <summary>First 15 hex digits, 60 bits, of the SHA-1 of the UTF-8.</summary>
    Sha1,

    /// <summary>First 8 bytes, big-endian, of the SHA-256 of the UTF-8.</summary>
    Sha256,

    /// <summary>First 4 bytes, little-endian, of the SHA-256 of the UTF-8.</summary>
    Sha256LittleEndian,

    /// <summary>CRC-32 (IEEE 802.3) of the UTF-8.</summary>
    Crc32,
}
