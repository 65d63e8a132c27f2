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

    public ValueTask<IReadOnlyList<AudienceDefinition>> GetAudiencesAsync(Guid environmentId) =>
        new(All(StoredTypes.Audiences, environmentId));

    public ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid environmentId, string key) =>
        new(FindByName(StoredTypes.Experiments, environmentId, key));

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

    public ValueTask<FlagDefinition?> FindFlagAsync(Guid id) =>
        new(File.Find(StoredCollections.Flags, id, StoredJsonContext.Default.FlagDefinition));

    public ValueTask<FlagDefinition?> FindFlagAsync(Guid environmentId, string key) =>
        new(FindByName(StoredTypes.Flags, environmentId, key));

    public ValueTask<StorePage<FlagDefinition>> ListFlagsAsync(Guid? environmentId, PageRange range) =>
        new(File.Page(StoredList.Flags(environmentId), range, StoredJsonContext.Default.FlagDefinition));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsAsync(Guid environmentId) => new(All(StoredTypes.Flags, environmentId));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) =>
        new(Naming(StoredTypes.Flags, OrderedKey.Of(audienceOrExperimentId)));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) =>
        new(Naming(StoredTypes.Flags, OrderedKey.Of(environmentId, flagKey)));

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) =>
        new(Naming(StoredTypes.Experiments, OrderedKey.Of(environmentId, flagKey)));

    public ValueTask<LayerDefinition?> FindLayerAsync(Guid id) =>
        new(File.Find(StoredCollections.Layers, id, StoredJsonContext.Default.LayerDefinition));

    public ValueTask<StorePage<LayerDefinition>> ListLayersAsync(Guid? environmentId, PageRange range) =>
        new(File.Page(StoredList.Layers(environmentId), range, StoredJsonContext.Default.LayerDefinition));

    public ValueTask<IReadOnlyList<LayerDefinition>> GetLayersAsync(Guid environmentId) => new(All(StoredTypes.Layers, environmentId));

    public ValueTask<HoldoutDefinition?> FindHoldoutAsync(Guid id) =>
        new(File.Find(StoredCollections.Holdouts, id, StoredJsonContext.Default.HoldoutDefinition));

    public ValueTask<StorePage<HoldoutDefinition>> ListHoldoutsAsync(Guid? environmentId, PageRange range) =>
        new(File.Page(StoredList.Holdouts(environmentId), range, StoredJsonContext.Default.HoldoutDefinition));

    public ValueTask<IReadOnlyList<HoldoutDefinition>> GetHoldoutsAsync(Guid environmentId) =>
        new(All(StoredTypes.Holdouts, environmentId));

    public ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range)
    {
        StoredList list = StoredList.Audit(filter.EnvironmentId, filter.ResourceId);
        if (!filter.IsNarrow && (filter.ResourceId is null || filter.EnvironmentId is null))
        {
            return new(File.Page(list, range, StoredJsonContext.Default.AuditEntry));
        }

        AuditEntry[] entries = [.. File.Page(list, PageRange.All, StoredJsonContext.Default.AuditEntry).Items.Where(filter.Holds)];
        return new(new StorePage<AuditEntry>(
            [.. entries.Skip((int)Math.Min(range.Skip, entries.Length)).Take(range.Take)], entries.Length));
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version)
    {
        byte[][] parts = [.. File.FindAllFrom(StoredCollections.VersionContents, OrderedKey.Of(environmentId, version))
            .Select(static document => document[StoredFields.Value].AsBinary)];
        return new(parts.Length == 0 ? default(ReadOnlyMemory<byte>?) : parts is [var only] ? only : parts.SelectMany(static part => part).ToArray());
    }

    public ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) => new(File.Find(
        StoredCollections.Publications, OrderedKey.Of(environmentId, version), StoredJsonContext.Default.PublicationRecord));

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

    private T? FindByName<T>(StoredType<T> type, Guid environmentId, string name)
        where T : class, IDefinition =>
        name.Length <= DefinitionNames.MaxNameLength
        && File.Find(type.Collection, StoredFields.Name, OrderedKey.Of(environmentId, name)) is { } document
            ? StoredDocuments.Read(document, type.Json)
            : null;

    private IReadOnlyList<T> Naming<T>(StoredType<T> type, byte[] reference)
        where T : class, IDefinition =>
        [.. File.FindAllWith(type.Collection, StoredFields.References, reference)
            .Select(document => StoredDocuments.Read(document, type.Json))
            .OrderBy(static definition => definition.Sequence)];

    private IReadOnlyList<T> All<T>(StoredType<T> type, Guid environmentId)
        where T : class, IDefinition =>
        [.. File.FindAll(type.Collection, StoredFields.CreatedByEnvironment, OrderedKey.Of(environmentId), type.Json)
            .OrderBy(static definition => definition.Sequence)];

    private IReadOnlyList<ExperimentDefinition> FindExperiments(string field, byte[] prefix) =>
        File.FindAll(StoredCollections.Experiments, field, prefix, StoredJsonContext.Default.ExperimentDefinition);
}
