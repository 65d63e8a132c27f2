using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>Reads inside one transaction. Every call completes before it returns.</summary>
internal class LiteDbReader(LiteDbFile file) : IStoreReader
{
    private volatile bool _hasEnded;

    public bool HasEnded => _hasEnded;

    /// <summary>For use inside the transaction only.</summary>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    protected LiteDbFile File
    {
        get
        {
            ThrowIfUnusable();
            return file;
        }
    }

    /// <summary>Refuses every later call: what still holds the reader must not read outside the transaction.</summary>
    public void End() => _hasEnded = true;

    public ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) =>
        new(File.Find(StoredCollections.Environments, id, StoredJsonContext.Default.EnvironmentDefinition));

    public ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) =>
        new(File.Page(StoredList.Environments, range, StoredJsonContext.Default.EnvironmentDefinition));

    public ValueTask<AudienceDefinition?> FindAudienceAsync(Guid id) =>
        new(File.Find(StoredCollections.Audiences, id, StoredJsonContext.Default.AudienceDefinition));

    public ValueTask<StorePage<AudienceDefinition>> ListAudiencesAsync(Guid? environmentId, PageRange range) =>
        new(File.Page(StoredList.Audiences(environmentId), range, StoredJsonContext.Default.AudienceDefinition));

    public ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id) =>
        new(File.Find(StoredCollections.Experiments, id, StoredJsonContext.Default.ExperimentDefinition));

    public ValueTask<StorePage<ExperimentDefinition>> ListExperimentsAsync(
        Guid? environmentId, ExperimentStatus? status, PageRange range) =>
        new(File.Page(StoredList.Experiments(environmentId, status), range, StoredJsonContext.Default.ExperimentDefinition));

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsAsync(Guid environmentId, ExperimentStatus status)
    {
        // By time of creation, so nearly in order already: no index of its own for the difference.
        IReadOnlyList<ExperimentDefinition> experiments = FindExperiments(
            StoredFields.CreatedByEnvironmentAndStatus, OrderedKey.Of(environmentId, status));
        return new([.. experiments.OrderBy(static experiment => experiment.Sequence)]);
    }

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) =>
        new(FindExperiments(StoredFields.Audience, OrderedKey.Of(audienceId)));

    public ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) => new(
        File.Find(StoredCollections.PublishStates, environmentId) is { } document
            ? StoredDocuments.ReadPublishState(document)
            : new PublishState(environmentId, Wanted: 0, Published: 0));

    public ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() =>
        new([.. File.FindAll(StoredCollections.PublishStates, StoredFields.IsPending, true).Select(StoredDocuments.ReadPublishState)]);

    public ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) =>
        new(File.Page(StoredList.Publications(environmentId), range, StoredJsonContext.Default.PublicationRecord));

    protected virtual void ThrowIfUnusable()
    {
        if (_hasEnded)
        {
            throw new InvalidOperationException("The transaction is over: its reader or writer cannot be used any more.");
        }
    }

    private IReadOnlyList<ExperimentDefinition> FindExperiments(string field, byte[] prefix) =>
        File.FindAll(StoredCollections.Experiments, field, prefix, StoredJsonContext.Default.ExperimentDefinition);
}
