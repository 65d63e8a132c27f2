using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>Reads inside one transaction. Every call completes before it returns.</summary>
internal class LiteDbReader(LiteDbFile file, DefinitionCache cache) : IStoreReader
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

    /// <summary>For use inside the transaction only.</summary>
    protected DefinitionCache Cache { get; } = cache;

    /// <summary>Refuses every later call: what still holds the reader must not read outside the transaction.</summary>
    public void End() => _hasEnded = true;

    public ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) =>
        new(File.Find<EnvironmentDefinition>(StoredCollections.Environments, id));

    public ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) =>
        new(File.Page<EnvironmentDefinition>(StoredList.Environments, range));

    public ValueTask<T?> FindAsync<T>(Guid id)
        where T : class, IDefinition => new(File.Find<T>(StoredTypes.Of<T>().Collection, id));

    public ValueTask<T?> FindAsync<T>(Guid environmentId, string name)
        where T : class, IDefinition => new(
            File.Find(StoredTypes.Of<T>().Collection, StoredFields.Name, OrderedKey.Of(environmentId, name)) is { } document
                ? StoredDocuments.Read<T>(document)
                : null);

    public ValueTask<StorePage<T>> ListAsync<T>(DefinitionFilter filter, PageRange range)
        where T : class, IDefinition
    {
        if (!filter.IsNarrow)
        {
            return new(File.Page<T>(StoredTypes.Of<T>().ListOf(filter), range));
        }

        IEnumerable<Guid> environmentIds = filter.EnvironmentId is { } only
            ? [only]
            : File.Page<EnvironmentDefinition>(StoredList.Environments, PageRange.All).Items.Select(static environment => environment.Id);
        T[] found = [.. environmentIds.SelectMany(All<T>).Where(filter.Holds)];

        // Not all of them have to be sorted for a page.
        return new(new StorePage<T>(
            [.. filter.Order.Apply(found).Skip((int)Math.Min(range.Skip, found.Length)).Take(range.Take)], found.Length));
    }

    public ValueTask<IReadOnlyList<T>> GetAllAsync<T>(Guid environmentId)
        where T : class, IDefinition => new([.. All<T>(environmentId)]);

    public ValueTask<IReadOnlyList<string>> ListTagsAsync<T>(Guid environmentId)
        where T : class, IDefinition
    {
        IReadOnlyCollection<T> all = All<T>(environmentId);
        return new(Cache.TagsOf<T>(environmentId, () => all));
    }

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) =>
        new(File.FindAll<ExperimentDefinition>(StoredCollections.Experiments, StoredFields.Audience, OrderedKey.Of(audienceId)));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) =>
        new(Naming<FlagDefinition>(OrderedKey.Of(audienceOrExperimentId)));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) =>
        new(Naming<FlagDefinition>(OrderedKey.Of(environmentId, flagKey)));

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) =>
        new(Naming<ExperimentDefinition>(OrderedKey.Of(environmentId, flagKey)));

    public ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range)
    {
        StoredList list = StoredList.Audit(filter.EnvironmentId, filter.ResourceId);
        if (filter is { ResourceId: not null, EnvironmentId: { } environmentId }
            && File.First<AuditEntry>(list) is { } entry && entry.EnvironmentId != environmentId)
        {
            return new(new StorePage<AuditEntry>([], 0));
        }

        if (!filter.IsNarrow)
        {
            return new(File.Page<AuditEntry>(list, range));
        }

        // All that the filter asks for is in keys. Of one resource there are few.
        IEnumerable<AuditFacets> ReadAll() => File.Keys(list).Select(static key => AuditFacets.Of(key)).Reverse();
        IEnumerable<AuditFacets> all = filter.ResourceId is null ? Cache.Audit.GetOrRead(filter.EnvironmentId, ReadAll) : ReadAll();
        IReadOnlySet<long>? searched = filter.Search is { } search ? Cache.Audit.TextsOrRead(ReadAuditTexts).Find(search) : null;
        var found = StorePage<AuditFacets>.Of([.. all.Where(AuditFacets.Matcher(filter, searched)).Reverse()], range);
        return new(new StorePage<AuditEntry>(
            [.. found.Items.Select(facets => File.Find<AuditEntry>(StoredCollections.Audit, facets.ToKey())!)], found.Total));
    }

    public ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterSequence, int take) =>
        new(File.Following<AuditEntry>(StoredCollections.Audit, OrderedKey.Of(afterSequence + 1), take));

    public ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version)
    {
        byte[][] parts = [.. File.FindAllFrom(StoredCollections.VersionContents, OrderedKey.Of(environmentId, version))
            .Select(static document => document[StoredFields.Value].AsBinary)];
        return new(parts.Length == 0 ? default(ReadOnlyMemory<byte>?) : parts is [var only] ? only : parts.SelectMany(static part => part).ToArray());
    }

    public ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) =>
        new(File.Find<PublicationRecord>(StoredCollections.Publications, OrderedKey.Of(environmentId, version)));

    public ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) => new(
        File.Find(StoredCollections.PublishStates, environmentId) is { } document
            ? StoredDocuments.ReadPublishState(document)
            : new PublishState(environmentId, Wanted: 0, Published: 0));

    public ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() =>
        new([.. File.FindAll(StoredCollections.PublishStates, StoredFields.IsPending, true).Select(StoredDocuments.ReadPublishState)]);

    public ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) =>
        new(File.Page<PublicationRecord>(StoredList.Publications(environmentId), range));

    protected virtual void ThrowIfUnusable()
    {
        if (_hasEnded)
        {
            throw new InvalidOperationException("The transaction is over: its reader or writer cannot be used any more.");
        }
    }

    private IEnumerable<AuditTextPart> ReadAuditTexts() => File.Keys(StoredList.AuditTexts).Select(static key => AuditTextPart.Of(key));

    private IReadOnlyList<T> Naming<T>(byte[] reference)
        where T : class, IDefinition =>
        [.. File.FindAllWith(StoredTypes.Of<T>().Collection, StoredFields.References, reference)
            .Select(StoredDocuments.Read<T>)
            .OrderBy(static definition => definition.Sequence)];

    private IReadOnlyCollection<T> All<T>(Guid environmentId)
        where T : class, IDefinition => Cache.GetOrRead(
            environmentId,
            () => File.FindAll<T>(StoredTypes.Of<T>().Collection, StoredFields.CreatedByEnvironment, OrderedKey.Of(environmentId)));
}
