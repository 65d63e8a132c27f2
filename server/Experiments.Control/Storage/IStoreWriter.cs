using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What can be written inside a transaction. Updates need the revision that is stored and raise it by one.</summary>
internal interface IStoreWriter : IStoreReader
{
    /// <returns>Null where the name is taken.</returns>
    ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment);

    /// <returns>As stored, with its sequence; null where the name is taken in the environment.</returns>
    ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience);

    /// <returns>As stored; null where the name is taken in the environment.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(AudienceDefinition audience);

    /// <returns>As stored, with its sequence; null where the key is taken in the environment.</returns>
    ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment);

    /// <returns>As stored.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(ExperimentDefinition experiment);

    /// <summary>Remembers, with the change itself, that the environment must be published. Answers the state with
    /// <see cref="PublishState.Wanted"/> raised by one.</summary>
    ValueTask<PublishState> RequestPublishAsync(Guid environmentId);

    /// <summary>Claims max(highest claimed version, <paramref name="storeVersion"/>) + 1. A version is claimed once, ever.</summary>
    ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt);

    /// <summary>Replaces the record of a claimed version with what became of it.</summary>
    ValueTask UpdateAsync(PublicationRecord publication);

    /// <summary>Raises <see cref="PublishState.Published"/> to <paramref name="wanted"/>; never lowers it.</summary>
    ValueTask CompletePublishAsync(Guid environmentId, long wanted);
}
