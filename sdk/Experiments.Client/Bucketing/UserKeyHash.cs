using System.Buffers;
using System.Text;

namespace Experiments.Client.Bucketing;

/// <summary>
/// Buckets of one user: the UTF-8 of <c>userKey + ":"</c> is encoded and hashed once, then every salt continues from there.
/// </summary>
internal ref struct UserKeyHash
{
    public const int BucketCount = 10_000;

    /// <summary>A caller's stack buffer of this size holds user keys and salts of the usual length; longer ones take a pooled array.</summary>
    public const int StackBytes = 256;

    private const byte Separator = (byte)':';

    // One UTF-16 unit takes at most three bytes of UTF-8; a surrogate pair takes four, less than three each.
    private const int MaxBytesPerChar = 3;

    private readonly Span<byte> _buffer;
    private readonly int _prefixLength;
    private readonly int _hashedLength;
    private readonly uint _state;
    private byte[]? _rented;

    /// <param name="userKey">A lone surrogate is encoded as EF BF BD, like in JavaScript.</param>
    /// <param name="maxSaltLength">Length in bytes of the longest salt that will be asked for.</param>
    /// <param name="stack">Used where the texts fit.</param>
    public UserKeyHash(string userKey, int maxSaltLength, Span<byte> stack)
    {
        int needed = (userKey.Length * MaxBytesPerChar) + 1 + maxSaltLength;
        _buffer = needed <= stack.Length ? stack : (_rented = ArrayPool<byte>.Shared.Rent(needed));
        int length = Encoding.UTF8.GetBytes(userKey, _buffer);
        _buffer[length] = Separator;
        _prefixLength = length + 1;
        _hashedLength = _prefixLength & ~(MurmurHash3.BlockSize - 1);
        _state = MurmurHash3.HashBlocks(_buffer[.._hashedLength]);
    }

    /// <summary>The bucket of <c>userKey + ":" + salt</c>, 0..9999.</summary>
    public readonly int Bucket(ReadOnlySpan<byte> salt)
    {
        salt.CopyTo(_buffer[_prefixLength..]);
        return (int)(MurmurHash3.Finish(_buffer[..(_prefixLength + salt.Length)], _hashedLength, _state) % BucketCount);
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
