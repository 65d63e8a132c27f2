using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Passes every call on to another writer; what derives from it changes some.</summary>
internal abstract class DelegatingWriter(IStoreWriter inner) : IStoreWriter
{
    public virtual ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) => inner.FindEnvironmentAsync(id);

    public virtual ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) => inner.ListEnvironmentsAsync(range);

    public virtual ValueTask<T?> FindAsync<T>(Guid id)
        where T : class, IDefinition => inner.FindAsync<T>(id);

    public virtual ValueTask<T?> FindAsync<T>(Guid environmentId, string name)
        where T : class, IDefinition => inner.FindAsync<T>(environmentId, name);

    public virtual ValueTask<StorePage<T>> ListAsync<T>(DefinitionFilter filter, PageRange range)
        where T : class, IDefinition => inner.ListAsync<T>(filter, range);

    public virtual ValueTask<IReadOnlyList<T>> GetAllAsync<T>(Guid environmentId)
        where T : class, IDefinition => inner.GetAllAsync<T>(environmentId);

    public virtual ValueTask<IReadOnlyList<string>> ListTagsAsync<T>(Guid environmentId)
        where T : class, IDefinition => inner.ListTagsAsync<T>(environmentId);

    public virtual ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) =>
        inner.GetExperimentsByAudienceAsync(audienceId);

    public virtual ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) =>
        inner.GetFlagsNamingAsync(audienceOrExperimentId);

    public virtual ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) =>
        inner.GetFlagsNamingAsync(environmentId, flagKey);

    public virtual ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) =>
        inner.GetExperimentsNamingAsync(environmentId, flagKey);

    public virtual ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range) =>
        inner.ListAuditAsync(filter, range);

    public virtual ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterSequence, int take) => inner.ReadAuditAsync(afterSequence, take);

    public virtual ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version) =>
        inner.FindVersionContentAsync(environmentId, version);

    public virtual ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) =>
        inner.FindPublicationAsync(environmentId, version);

    public virtual ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) => inner.GetPublishStateAsync(environmentId);

    public virtual ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() => inner.GetUnpublishedAsync();

    public virtual ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) =>
        inner.ListPublicationsAsync(environmentId, range);

    public virtual ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment) => inner.InsertAsync(environment);

    public virtual ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment) => inner.UpdateAsync(environment);

    public virtual ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
        where T : class, IDefinition => inner.InsertAsync(definition, keepsSequence);

    public virtual ValueTask<T?> UpdateAsync<T>(T definition)
        where T : class, IDefinition => inner.UpdateAsync(definition);

    public virtual ValueTask DeleteAsync<T>(T definition)
        where T : class, IDefinition => inner.DeleteAsync(definition);

    public virtual ValueTask AppendAsync(AuditEntry entry) => inner.AppendAsync(entry);

    public virtual ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content) =>
        inner.KeepVersionContentAsync(environmentId, version, content);

    public virtual ValueTask<PublishState> RequestPublishAsync(Guid environmentId, string? actor = null, string? note = null) =>
        inner.RequestPublishAsync(environmentId, actor, note);

    public virtual ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt) =>
        inner.ClaimVersionAsync(environmentId, storeVersion, claimedAt);

    public virtual ValueTask UpdateAsync(PublicationRecord publication) => inner.UpdateAsync(publication);

    public virtual ValueTask CompletePublishAsync(Guid environmentId, long wanted) => inner.CompletePublishAsync(environmentId, wanted);

    public virtual void NoteReassigned(Guid resourceId, decimal share) => inner.NoteReassigned(resourceId, share);
}
