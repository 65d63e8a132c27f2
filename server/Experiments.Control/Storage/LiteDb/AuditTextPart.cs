using System.Buffers.Binary;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>A piece of the text that an audit entry is searched by. It is a key, since LiteDB walks over keys ten times as fast as over
/// documents, and keys are short: a long text has several.</summary>
/// <param name="Sequence">Of the entry.</param>
/// <param name="Number">From 0, in the order of the text.</param>
/// <param name="Text">At most <see cref="MaxLength"/> UTF-16 units.</param>
internal readonly record struct AuditTextPart(long Sequence, short Number, string Text)
{
    /// <summary>In bytes it stays below the length that LiteDB allows a key.</summary>
    public const int MaxLength = 480;

    private const int TextOffset = sizeof(long) + sizeof(short);

    public static IEnumerable<AuditTextPart> Of(AuditEntry entry) => entry.SearchText
        .Chunk(MaxLength).Select((chars, number) => new AuditTextPart(entry.Sequence, (short)number, new string(chars)));

    public static AuditTextPart Of(ReadOnlySpan<byte> key) => new(
        BinaryPrimitives.ReadInt64BigEndian(key),
        BinaryPrimitives.ReadInt16BigEndian(key[sizeof(long)..]),
        OrderedKey.ReadText(key[TextOffset..]));

    public byte[] ToKey() => [.. OrderedKey.Of(Sequence), (byte)(Number >> 8), (byte)Number, .. OrderedKey.Of(Text)];
}
