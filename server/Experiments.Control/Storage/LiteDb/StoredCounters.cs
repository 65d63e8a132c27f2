using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// Numbers that change with the definitions, in the same transaction: the lengths of lists, which LiteDB would have to walk through to
/// count, and the last sequence.
/// </summary>
internal static class StoredCounters
{
    private const string SequenceId = "sequence";

    public static long ReadCounter(this LiteDbFile file, string id) =>
        file.Find(StoredCollections.Counters, id) is { } document ? document[StoredFields.Value].AsInt64 : 0;

    /// <summary>A number that was never given before, not even to what is deleted now.</summary>
    public static long NextSequence(this LiteDbFile file)
    {
        long next = file.ReadCounter(SequenceId) + 1;
        file.Upsert(StoredCollections.Counters, Counter(SequenceId, next));
        return next;
    }

    /// <summary>Makes the next one be above <paramref name="sequence"/>.</summary>
    public static void RaiseSequence(this LiteDbFile file, long sequence) =>
        file.Upsert(StoredCollections.Counters, Counter(SequenceId, Math.Max(file.ReadCounter(SequenceId), sequence)));

    /// <summary>Counts one definition out of some lists and into others.</summary>
    public static void CountMove(this LiteDbFile file, ReadOnlySpan<StoredList> from, ReadOnlySpan<StoredList> to)
    {
        Dictionary<string, int> changes = new(StringComparer.Ordinal);
        foreach (StoredList list in from)
        {
            changes[list.CounterId] = -1;
        }

        foreach (StoredList list in to)
        {
            changes[list.CounterId] = changes.GetValueOrDefault(list.CounterId) + 1;
        }

        BsonDocument[] counters =
        [
            .. changes.Where(static change => change.Value != 0)
                .Select(change => Counter(change.Key, file.ReadCounter(change.Key) + change.Value)),
        ];
        if (counters.Length > 0)
        {
            file.Upsert(StoredCollections.Counters, counters);
        }
    }

    private static BsonDocument Counter(string id, long value) => new() { [StoredFields.Id] = id, [StoredFields.Value] = value };
}
