using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Passes every call on to another writer; what derives from it changes some.</summary>
internal abstract class DelegatingWriter(IStoreWriter inner) : IStoreWriter
{
    public virtual ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) => inner.FindEnvironmentAsync(id);

    public virtual ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) => inner.ListEnvironmentsAsync(range);

    public virtual ValueTask<AudienceDefinition?> FindAudienceAsync(Guid id) => inner.FindAudienceAsync(id);

    public virtual ValueTask<StorePage<AudienceDefinition>> ListAudiencesAsync(Guid? environmentId, PageRange range) =>
        inner.ListAudiencesAsync(environmentId, range);

    public virtual ValueTask<IReadOnlyList<AudienceDefinition>> GetAudiencesAsync(Guid environmentId) =>
        inner.GetAudiencesAsync(environmentId);

    public virtual ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id) => inner.FindExperimentAsync(id);

    public virtual ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid environmentId, string key) =>
        inner.FindExperimentAsync(environmentId, key);

    public virtual ValueTask<StorePage<ExperimentDefinition>> ListExperimentsAsync(Guid? environmentId, ExperimentStatus? status, PageRange range) =>
        inner.ListExperimentsAsync(environmentId, status, range);

    public virtual ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsAsync(Guid environmentId, ExperimentStatus status) =>
        inner.GetExperimentsAsync(environmentId, status);

    public virtual ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) =>
        inner.GetExperimentsByAudienceAsync(audienceId);

    public virtual ValueTask<FlagDefinition?> FindFlagAsync(Guid id) => inner.FindFlagAsync(id);

    public virtual ValueTask<FlagDefinition?> FindFlagAsync(Guid environmentId, string key) => inner.FindFlagAsync(environmentId, key);

    public virtual ValueTask<StorePage<FlagDefinition>> ListFlagsAsync(Guid? environmentId, PageRange range) =>
        inner.ListFlagsAsync(environmentId, range);

    public virtual ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsAsync(Guid environmentId) => inner.GetFlagsAsync(environmentId);

    public virtual ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) =>
        inner.GetFlagsNamingAsync(audienceOrExperimentId);

    public virtual ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) =>
        inner.GetFlagsNamingAsync(environmentId, flagKey);

    public virtual ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) =>
        inner.GetExperimentsNamingAsync(environmentId, flagKey);

    public virtual ValueTask<LayerDefinition?> FindLayerAsync(Guid id) => inner.FindLayerAsync(id);

    public virtual ValueTask<StorePage<LayerDefinition>> ListLayersAsync(Guid? environmentId, PageRange range) =>
        inner.ListLayersAsync(environmentId, range);

    public virtual ValueTask<IReadOnlyList<LayerDefinition>> GetLayersAsync(Guid environmentId) => inner.GetLayersAsync(environmentId);

    public virtual ValueTask<HoldoutDefinition?> FindHoldoutAsync(Guid id) => inner.FindHoldoutAsync(id);

    public virtual ValueTask<StorePage<HoldoutDefinition>> ListHoldoutsAsync(Guid? environmentId, PageRange range) =>
        inner.ListHoldoutsAsync(environmentId, range);

    public virtual ValueTask<IReadOnlyList<HoldoutDefinition>> GetHoldoutsAsync(Guid environmentId) =>
        inner.GetHoldoutsAsync(environmentId);

    public virtual ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range) =>
        inner.ListAuditAsync(filter, range);

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

    public virtual ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience, bool keepsSequence = false) => inner.InsertAsync(audience, keepsSequence);

    public virtual ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience) => inner.UpdateAsync(audience);

    public virtual ValueTask DeleteAsync(AudienceDefinition audience) => inner.DeleteAsync(audience);

    public virtual ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment, bool keepsSequence = false) => inner.InsertAsync(experiment, keepsSequence);

    public virtual ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment) => inner.UpdateAsync(experiment);

    public virtual ValueTask DeleteAsync(ExperimentDefinition experiment) => inner.DeleteAsync(experiment);

    public virtual ValueTask<FlagDefinition?> InsertAsync(FlagDefinition flag, bool keepsSequence = false) => inner.InsertAsync(flag, keepsSequence);

    public virtual ValueTask<FlagDefinition> UpdateAsync(FlagDefinition flag) => inner.UpdateAsync(flag);

    public virtual ValueTask DeleteAsync(FlagDefinition flag) => inner.DeleteAsync(flag);

    public virtual ValueTask<LayerDefinition?> InsertAsync(LayerDefinition layer, bool keepsSequence = false) => inner.InsertAsync(layer, keepsSequence);

    public virtual ValueTask<LayerDefinition?> UpdateAsync(LayerDefinition layer) => inner.UpdateAsync(layer);

    public virtual ValueTask DeleteAsync(LayerDefinition layer) => inner.DeleteAsync(layer);

    public virtual ValueTask<HoldoutDefinition?> InsertAsync(HoldoutDefinition holdout, bool keepsSequence = false) => inner.InsertAsync(holdout, keepsSequence);

    public virtual ValueTask<HoldoutDefinition?> UpdateAsync(HoldoutDefinition holdout) => inner.UpdateAsync(holdout);

    public virtual ValueTask DeleteAsync(HoldoutDefinition holdout) => inner.DeleteAsync(holdout);

    public virtual ValueTask AppendAsync(AuditEntry entry) => inner.AppendAsync(entry);

    public virtual ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content) =>
        inner.KeepVersionContentAsync(environmentId, version, content);

    public virtual ValueTask<PublishState> RequestPublishAsync(Guid environmentId) => inner.RequestPublishAsync(environmentId);

    public virtual ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt) =>
        inner.ClaimVersionAsync(environmentId, storeVersion, claimedAt);

    public virtual ValueTask UpdateAsync(PublicationRecord publication) => inner.UpdateAsync(publication);

    public virtual ValueTask CompletePublishAsync(Guid environmentId, long wanted) => inner.CompletePublishAsync(environmentId, wanted);

    public virtual void NoteReassigned(Guid resourceId, decimal share) => inner.NoteReassigned(resourceId, share);
}
