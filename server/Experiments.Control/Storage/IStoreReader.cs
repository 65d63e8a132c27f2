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

    ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id);

    /// <summary>Newest first, ties by insertion; filters that are null let everything pass.</summary>
    ValueTask<StorePage<ExperimentDefinition>> ListExperimentsAsync(Guid? environmentId, ExperimentStatus? status, PageRange range);

    /// <summary>All of one status in insertion order: what a snapshot is compiled from.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsAsync(Guid environmentId, ExperimentStatus status);

    /// <summary>All that use the audience, in insertion order.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId);

    /// <summary>How far the environment's changes are published; a state of zeros where there were none.</summary>
    ValueTask<PublishState> GetPublishStateAsync(Guid environmentId);

    /// <summary>Environments with changes that are not published yet.</summary>
    ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync();

    /// <summary>The audit trail of versions, highest first.</summary>
    ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range);
}
