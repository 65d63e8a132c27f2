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

    public ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience)
    {
        if (IsTaken(StoredCollections.Audiences, OrderedKey.Of(audience.EnvironmentId, audience.Name)))
        {
            return default;
        }

        AudienceDefinition stored = audience with { Sequence = File.NextSequence(), Revision = 1 };
        File.Insert(StoredCollections.Audiences, StoredDocuments.Of(stored));
        File.CountMove([], StoredList.Of(stored));
        return new(stored);
    }

    public ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience)
    {
        AudienceDefinition current = Current(audience);
        if (current.EnvironmentId != audience.EnvironmentId)
        {
            throw new ArgumentException("An audience cannot move to another environment.", nameof(audience));
        }

        if (current.Name != audience.Name
            && IsTaken(StoredCollections.Audiences, OrderedKey.Of(audience.EnvironmentId, audience.Name)))
        {
            return default;
        }

        AudienceDefinition stored = audience with { Sequence = current.Sequence, Revision = current.Revision + 1 };
        File.Update(StoredCollections.Audiences, StoredDocuments.Of(stored));
        return new(stored);
    }

    public ValueTask DeleteAsync(AudienceDefinition audience)
    {
        AudienceDefinition current = Current(audience);
        File.Delete(StoredCollections.Audiences, current.Id);
        File.CountMove(StoredList.Of(current), []);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment)
    {
        if (IsTaken(StoredCollections.Experiments, OrderedKey.Of(experiment.EnvironmentId, experiment.Key)))
        {
            return default;
        }

        ExperimentDefinition stored = experiment with { Sequence = File.NextSequence(), Revision = 1 };
        File.Insert(StoredCollections.Experiments, StoredDocuments.Of(stored));
        File.CountMove([], StoredList.Of(stored));
        return new(stored);
    }

    public ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment)
    {
        ExperimentDefinition current = Current(experiment);
        if (current.EnvironmentId != experiment.EnvironmentId || current.Key != experiment.Key)
        {
            throw new ArgumentException("An experiment keeps its environment and key.", nameof(experiment));
        }

        ExperimentDefinition stored = experiment with { Sequence = current.Sequence, Revision = current.Revision + 1 };
        File.Update(StoredCollections.Experiments, StoredDocuments.Of(stored));
        File.CountMove(StoredList.Of(current), StoredList.Of(stored));
        return new(stored);
    }

    public ValueTask DeleteAsync(ExperimentDefinition experiment)
    {
        ExperimentDefinition current = Current(experiment);
        File.Delete(StoredCollections.Experiments, current.Id);
        File.CountMove(StoredList.Of(current), []);
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

    private AudienceDefinition Current(AudienceDefinition given) =>
        File.Find(StoredCollections.Audiences, given.Id, StoredJsonContext.Default.AudienceDefinition) is { } current
            && current.Revision == given.Revision ? current : throw new StoreConflictException();

    private ExperimentDefinition Current(ExperimentDefinition given) =>
        File.Find(StoredCollections.Experiments, given.Id, StoredJsonContext.Default.ExperimentDefinition) is { } current
            && current.Revision == given.Revision ? current : throw new StoreConflictException();
}
