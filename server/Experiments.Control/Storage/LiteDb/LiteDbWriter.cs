using Experiments.Control.Definitions;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>Writes inside one transaction, on the thread that began it: LiteDB's transactions belong to threads.</summary>
internal sealed partial class LiteDbWriter(LiteDbFile file, DefinitionCache cache) : LiteDbReader(file, cache), IStoreWriter, IStoreRestorer
{
    private readonly int _threadId = Environment.CurrentManagedThreadId;

    /// <summary>Whether the cache holds what the transaction wrote.</summary>
    public bool HasChangedCache { get; private set; }

    public ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment)
    {
        if (IsTaken(StoredCollections.Environments, OrderedKey.Of(environment.Name)))
        {
            return default;
        }

        EnvironmentDefinition stored = environment with { Revision = 1 };
        Put(stored);
        return new(stored);
    }

    public ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition? current = File.Find<EnvironmentDefinition>(StoredCollections.Environments, environment.Id);
        if (current?.Revision != environment.Revision)
        {
            throw new StoreConflictException();
        }

        if (current.Name != environment.Name)
        {
            throw new ArgumentException("An environment keeps its name.", nameof(environment));
        }

        EnvironmentDefinition stored = environment with { Revision = current.Revision + 1 };
        File.Update(StoredCollections.Environments, StoredDocuments.Of(stored));
        return new(stored);
    }

    public ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
        where T : class, IDefinition
    {
        StoredType<T> type = StoredTypes.Of<T>();
        if (IsTaken(type.Collection, StoredType<T>.NameKeyOf(definition)))
        {
            return default;
        }

        T stored = DefinitionParts.Stored(definition, keepsSequence ? definition.Sequence : File.NextSequence(), 1);
        Put(stored);
        return new(stored);
    }

    public ValueTask<T?> UpdateAsync<T>(T definition)
        where T : class, IDefinition
    {
        StoredType<T> type = StoredTypes.Of<T>();
        T current = Current(type, definition);
        bool isRenamed = current.UniqueName != definition.UniqueName;
        if (current.EnvironmentId != definition.EnvironmentId || (isRenamed && DefinitionParts.KeepsName<T>()))
        {
            throw new ArgumentException("A definition keeps its environment and key.", nameof(definition));
        }

        if (isRenamed && IsTaken(type.Collection, StoredType<T>.NameKeyOf(definition)))
        {
            return default;
        }

        T stored = DefinitionParts.Stored(definition, current.Sequence, current.Revision + 1);
        File.Update(type.Collection, type.DocumentOf(stored));
        File.CountMove(type.ListsOf(current), type.ListsOf(stored));
        Cached().Put(stored);
        return new(stored);
    }

    public ValueTask DeleteAsync<T>(T definition)
        where T : class, IDefinition
    {
        StoredType<T> type = StoredTypes.Of<T>();
        T current = Current(type, definition);
        File.Delete(type.Collection, current.Id);
        File.CountMove(type.ListsOf(current), []);
        Cached().Remove(current);
        return ValueTask.CompletedTask;
    }

    public ValueTask AppendAsync(AuditEntry entry)
    {
        Put(entry with { Sequence = File.NextSequence() });
        return ValueTask.CompletedTask;
    }

    protected override void ThrowIfUnusable()
    {
        // First: another thread is past an await, and must not learn from a race whether the transaction is over.
        if (Environment.CurrentManagedThreadId != _threadId)
        {
            throw new InvalidOperationException("A write must not await anything but the writer: its transaction belongs to one thread.");
        }

        base.ThrowIfUnusable();
    }

    private void Put(EnvironmentDefinition environment)
    {
        File.Insert(StoredCollections.Environments, StoredDocuments.Of(environment));
        File.CountMove([], [StoredList.Environments]);
    }

    private void Put<T>(T definition)
        where T : class, IDefinition
    {
        StoredType<T> type = StoredTypes.Of<T>();
        File.Insert(type.Collection, type.DocumentOf(definition));
        File.CountMove([], type.ListsOf(definition));
        Cached().Put(definition);
    }

    private void Put(AuditEntry entry)
    {
        File.Insert(StoredCollections.Audit, StoredDocuments.Of(entry));
        foreach (BsonDocument text in StoredDocuments.TextsOf(entry))
        {
            File.Insert(StoredCollections.AuditTexts, text);
        }

        Cached().Audit.Append(entry);
        File.CountMove([], [StoredList.Audit(null, null), StoredList.Audit(entry.EnvironmentId, null), StoredList.Audit(null, entry.ResourceId)]);
    }

    private void Put(PublicationRecord publication)
    {
        File.Insert(StoredCollections.Publications, StoredDocuments.Of(publication));
        File.CountMove([], [StoredList.Publications(publication.EnvironmentId)]);
    }

    private bool IsTaken(string collection, byte[] name) => File.Find(collection, StoredFields.Name, name) is not null;

    private DefinitionCache Cached()
    {
        HasChangedCache = true;
        return Cache;
    }

    private T Current<T>(StoredType<T> type, T given)
        where T : class, IDefinition =>
        File.Find<T>(type.Collection, given.Id) is { } current && current.Revision == given.Revision
            ? current
            : throw new StoreConflictException();
}
