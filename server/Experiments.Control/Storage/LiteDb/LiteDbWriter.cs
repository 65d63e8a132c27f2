using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>Writes inside one transaction, on the thread that began it: LiteDB's transactions belong to threads.</summary>
internal sealed partial class LiteDbWriter(LiteDbFile file) : LiteDbReader(file), IStoreWriter
{
    private readonly int _threadId = Environment.CurrentManagedThreadId;

    public ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment)
    {
        if (IsTaken(StoredCollections.Environments, OrderedKey.Of(environment.Name)))
        {
            return default;
        }

        EnvironmentDefinition stored = environment with { Revision = 1 };
        File.Insert(StoredCollections.Environments, StoredDocuments.Of(stored));
        File.CountMove([], [StoredList.Environments]);
        return new(stored);
    }

    public ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment)
    {
        EnvironmentDefinition? current = File.Find(
            StoredCollections.Environments, environment.Id, StoredJsonContext.Default.EnvironmentDefinition);
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

    public ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience, bool keepsSequence = false) => new(Insert(StoredTypes.Audiences, audience, keepsSequence));

    public ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience) => new(Update(StoredTypes.Audiences, audience));

    public ValueTask DeleteAsync(AudienceDefinition audience) => Delete(StoredTypes.Audiences, audience);

    public ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment, bool keepsSequence = false) =>
        new(Insert(StoredTypes.Experiments, experiment, keepsSequence));

    public ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment) =>
        new(Update(StoredTypes.Experiments, experiment, keepsName: true)!);

    public ValueTask DeleteAsync(ExperimentDefinition experiment) => Delete(StoredTypes.Experiments, experiment);

    public ValueTask<FlagDefinition?> InsertAsync(FlagDefinition flag, bool keepsSequence = false) => new(Insert(StoredTypes.Flags, flag, keepsSequence));

    public ValueTask<FlagDefinition> UpdateAsync(FlagDefinition flag) => new(Update(StoredTypes.Flags, flag, keepsName: true)!);

    public ValueTask DeleteAsync(FlagDefinition flag) => Delete(StoredTypes.Flags, flag);

    public ValueTask<LayerDefinition?> InsertAsync(LayerDefinition layer, bool keepsSequence = false) => new(Insert(StoredTypes.Layers, layer, keepsSequence));

    public ValueTask<LayerDefinition?> UpdateAsync(LayerDefinition layer) => new(Update(StoredTypes.Layers, layer));

    public ValueTask DeleteAsync(LayerDefinition layer) => Delete(StoredTypes.Layers, layer);

    public ValueTask<HoldoutDefinition?> InsertAsync(HoldoutDefinition holdout, bool keepsSequence = false) => new(Insert(StoredTypes.Holdouts, holdout, keepsSequence));

    public ValueTask<HoldoutDefinition?> UpdateAsync(HoldoutDefinition holdout) => new(Update(StoredTypes.Holdouts, holdout));

    public ValueTask DeleteAsync(HoldoutDefinition holdout) => Delete(StoredTypes.Holdouts, holdout);

    public ValueTask AppendAsync(AuditEntry entry)
    {
        AuditEntry stored = entry with { Sequence = File.NextSequence() };
        File.Insert(StoredCollections.Audit, StoredDocuments.Of(stored));
        File.CountMove([], [StoredList.Audit(null, null), StoredList.Audit(stored.EnvironmentId, null), StoredList.Audit(null, stored.ResourceId)]);
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

    private bool IsTaken(string collection, byte[] name) => File.Find(collection, StoredFields.Name, name) is not null;

    private T? Insert<T>(StoredType<T> type, T definition, bool keepsSequence)
        where T : class, IDefinition
    {
        if (IsTaken(type.Collection, type.NameKeyOf(definition)))
        {
            return null;
        }

        T stored = type.With(definition, keepsSequence ? definition.Sequence : File.NextSequence(), 1);
        File.Insert(type.Collection, type.DocumentOf(stored));
        File.CountMove([], type.ListsOf(stored));
        return stored;
    }

    private T? Update<T>(StoredType<T> type, T definition, bool keepsName = false)
        where T : class, IDefinition
    {
        T current = Current(type, definition);
        bool isRenamed = type.NameOf(current) != type.NameOf(definition);
        if (current.EnvironmentId != definition.EnvironmentId || (isRenamed && keepsName))
        {
            throw new ArgumentException("A definition keeps its environment and key.", nameof(definition));
        }

        if (isRenamed && IsTaken(type.Collection, type.NameKeyOf(definition)))
        {
            return null;
        }

        T stored = type.With(definition, current.Sequence, current.Revision + 1);
        File.Update(type.Collection, type.DocumentOf(stored));
        File.CountMove(type.ListsOf(current), type.ListsOf(stored));
        return stored;
    }

    private ValueTask Delete<T>(StoredType<T> type, T definition)
        where T : class, IDefinition
    {
        T current = Current(type, definition);
        File.Delete(type.Collection, current.Id);
        File.CountMove(type.ListsOf(current), []);
        return ValueTask.CompletedTask;
    }

    private T Current<T>(StoredType<T> type, T given)
        where T : class, IDefinition =>
        File.Find(type.Collection, given.Id, type.Json) is { } current && current.Revision == given.Revision
            ? current
            : throw new StoreConflictException();
}
