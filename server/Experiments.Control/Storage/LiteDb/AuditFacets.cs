using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>What audit entries are listed and filtered by. It is the end of their index keys, since LiteDB walks over keys ten times as fast
/// as over documents.</summary>
/// <param name="Sequence">Of the entry.</param>
/// <param name="At">Its time in ticks.</param>
/// <param name="Kind">Of the resource.</param>
/// <param name="Action">What was done.</param>
/// <param name="Actor">64 bits of a hash of the actor.</param>
internal readonly record struct AuditFacets(long Sequence, long At, ResourceKind Kind, AuditAction Action, ulong Actor)
{
    private const int Bytes = sizeof(long) + sizeof(long) + 1 + 1 + sizeof(ulong);

    public static AuditFacets Of(AuditEntry entry) =>
        new(entry.Sequence, entry.At.UtcTicks, entry.Kind, entry.Action, HashOf(entry.Actor));

    /// <param name="key">An index key of an entry, whatever it begins with.</param>
    public static AuditFacets Of(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> end = key[^Bytes..];
        return new AuditFacets(
            BinaryPrimitives.ReadInt64BigEndian(end),
            BinaryPrimitives.ReadInt64BigEndian(end[sizeof(long)..]),
            (ResourceKind)end[2 * sizeof(long)],
            (AuditAction)end[(2 * sizeof(long)) + 1],
            BinaryPrimitives.ReadUInt64BigEndian(end[^sizeof(ulong)..]));
    }

    /// <summary>The id of the entry, and the end of its other keys.</summary>
    public byte[] ToKey()
    {
        byte[] key = new byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(key, Sequence);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(sizeof(long)), At);
        key[2 * sizeof(long)] = (byte)Kind;
        key[(2 * sizeof(long)) + 1] = (byte)Action;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(Bytes - sizeof(ulong)), Actor);
        return key;
    }

    /// <summary>Tells whether an entry passes a filter, apart from its environment and resource.</summary>
    /// <param name="filter">What is asked for.</param>
    /// <param name="searched">Sequences of those that its search finds; null where it has none.</param>
    public static Func<AuditFacets, bool> Matcher(AuditFilter filter, IReadOnlySet<long>? searched)
    {
        long from = filter.From?.UtcTicks ?? long.MinValue;
        long until = filter.Until?.UtcTicks ?? long.MaxValue;
        ulong? actor = filter.Actor is { } name ? HashOf(name) : null;
        return facets => facets.At >= from && facets.At < until
            && (filter.Kind is null || facets.Kind == filter.Kind)
            && (filter.Action is null || facets.Action == filter.Action)
            && (actor is null || facets.Actor == actor)
            && (searched is null || searched.Contains(facets.Sequence));
    }

    // Of UTF-16, as all texts in keys are: actors that UTF-8 cannot hold stay distinct.
    private static ulong HashOf(string actor) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.Unicode.GetBytes(actor)));
}
