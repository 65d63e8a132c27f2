using System.Buffers.Binary;
using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// Index keys as bytes: LiteDB compares those one by one, so their order depends on no collation, and texts that UTF-8 cannot hold
/// stay distinct. Numbers are big-endian, texts are UTF-16, so the order of the bytes is the ordinal order of the values.
/// The bytes are stored: changing them needs a new file format.
/// </summary>
internal static class OrderedKey
{
    /// <summary>LiteDB's limit.</summary>
    private const int MaxBytes = 1023;

    private const int GuidBytes = 16;

    public static byte[] Of(Guid id) => id.ToByteArray(bigEndian: true);

    /// <param name="number">Not negative.</param>
    public static byte[] Of(long number)
    {
        byte[] key = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(key, number);
        return key;
    }

    public static byte[] Of(ExperimentStatus status) => [(byte)status];

    public static byte[] Of(Guid id, ExperimentStatus status) => [.. Of(id), .. Of(status)];

    /// <param name="id">Of the parent.</param>
    /// <param name="number">Not negative.</param>
    public static byte[] Of(Guid id, long number)
    {
        byte[] key = new byte[GuidBytes + sizeof(long)];
        id.TryWriteBytes(key, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(GuidBytes), number);
        return key;
    }

    /// <param name="id">Of the parent.</param>
    /// <param name="number">Not negative.</param>
    /// <param name="part">Not negative.</param>
    public static byte[] Of(Guid id, long number, int part)
    {
        byte[] key = [.. Of(id, number), 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(GuidBytes + sizeof(long)), part);
        return key;
    }

    public static byte[] Of(string text)
    {
        byte[] key = new byte[text.Length * sizeof(char)];
        Write(text, key);
        return key.Length <= MaxBytes ? key : throw TooLong(text);
    }

    public static byte[] Of(Guid id, string text)
    {
        byte[] key = new byte[GuidBytes + (text.Length * sizeof(char))];
        id.TryWriteBytes(key, bigEndian: true, out _);
        Write(text, key.AsSpan(GuidBytes));
        return key.Length <= MaxBytes ? key : throw TooLong(text);
    }

    /// <summary>A place in lists: by time of creation, then by insertion.</summary>
    public static byte[] Of(ReadOnlySpan<byte> prefix, DateTimeOffset createdAt, long sequence)
    {
        byte[] key = new byte[prefix.Length + sizeof(long) + sizeof(long)];
        prefix.CopyTo(key);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(prefix.Length), createdAt.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(prefix.Length + sizeof(long)), sequence);
        return key;
    }

    /// <summary>The text of the key that <see cref="Of(string)"/> made.</summary>
    public static string ReadText(ReadOnlySpan<byte> key)
    {
        char[] text = new char[key.Length / sizeof(char)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16BigEndian(key[(i * sizeof(char))..]);
        }

        return new string(text);
    }

    private static void Write(string text, Span<byte> key)
    {
        for (int i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(key[(i * sizeof(char))..], text[i]);
        }
    }

    private static ArgumentException TooLong(string text) =>
        new($"A text of {text.Length} characters is too long for an index.", nameof(text));
}
