using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What can be read inside a transaction. Names and keys compare and sort ordinally.</summary>
internal interface IStoreReader
{
    ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id);

    /// <summary>By name.</summary>
    ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range);

    ValueTask<AudienceDefinition?> FindAudienceAsync(Guid id);

    /// <summary>Newest first, ties by insertion; of every environment where <paramref name="environmentId"/> is null.</summary>
    ValueTask<StorePage<AudienceDefinition>> ListAudiencesAsync(Guid? environmentId, PageRange range);

    /// <summary>All of an environment, in insertion order.</summary>
    ValueTask<IReadOnlyList<AudienceDefinition>> GetAudiencesAsync(Guid environmentId);

    ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id);

    ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid environmentId, string key);

    /// <summary>Newest first, ties by insertion; filters that are null let everything pass.</summary>
    ValueTask<StorePage<ExperimentDefinition>> ListExperimentsAsync(Guid? environmentId, ExperimentStatus? status, PageRange range);

    /// <summary>All of one status in insertion order: what a snapshot is compiled from.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsAsync(Guid environmentId, ExperimentStatus status);

    /// <summary>All that use the audience, in insertion order.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId);

    ValueTask<FlagDefinition?> FindFlagAsync(Guid id);

    ValueTask<FlagDefinition?> FindFlagAsync(Guid environmentId, string key);

    /// <summary>Newest first, ties by insertion; filters that are null let everything pass.</summary>
    ValueTask<StorePage<FlagDefinition>> ListFlagsAsync(Guid? environmentId, PageRange range);

    /// <summary>All of an environment, in insertion order.</summary>
    ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsAsync(Guid environmentId);

    /// <summary>All whose rules name the audience, or the experiment, in insertion order.</summary>
    ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId);

    /// <summary>All whose rules have the flag of this key as a prerequisite, in insertion order.</summary>
    ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey);

    /// <summary>All that have the flag of this key as a prerequisite, in insertion order.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey);

    ValueTask<LayerDefinition?> FindLayerAsync(Guid id);

    /// <summary>Newest first, ties by insertion; of every environment where <paramref name="environmentId"/> is null.</summary>
    ValueTask<StorePage<LayerDefinition>> ListLayersAsync(Guid? environmentId, PageRange range);

    /// <summary>All of an environment, in insertion order.</summary>
    ValueTask<IReadOnlyList<LayerDefinition>> GetLayersAsync(Guid environmentId);

    ValueTask<HoldoutDefinition?> FindHoldoutAsync(Guid id);

    /// <summary>Newest first, ties by insertion; of every environment where <paramref name="environmentId"/> is null.</summary>
    ValueTask<StorePage<HoldoutDefinition>> ListHoldoutsAsync(Guid? environmentId, PageRange range);

    /// <summary>All of an environment, in insertion order.</summary>
    ValueTask<IReadOnlyList<HoldoutDefinition>> GetHoldoutsAsync(Guid environmentId);

    /// <summary>Entries of the audit log, newest first.</summary>
    ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range);

    /// <summary>What was kept of a version; null where nothing was.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version);

    /// <summary>Null where the version was never claimed.</summary>
    ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version);

    /// <summary>How far the environment's changes are published; a state of zeros where there were none.</summary>
    ValueTask<PublishState> GetPublishStateAsync(Guid environmentId);

    /// <summary>Environments with changes that are not published yet.</summary>
    ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync();

    /// <summary>The audit trail of versions, highest first.</summary>
    ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range);
}
