using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What can be written inside a transaction. Updates need the revision that is stored and raise it by one.</summary>
internal interface IStoreWriter : IStoreReader
{
    /// <returns>Null where the name is taken.</returns>
    ValueTask<EnvironmentDefinition?> InsertAsync(EnvironmentDefinition environment);

    /// <returns>As stored.</returns>
    /// <exception cref="StoreConflictException">It was written since it was read.</exception>
    ValueTask<EnvironmentDefinition> UpdateAsync(EnvironmentDefinition environment);

    /// <returns>As stored, with its sequence; null where the name is taken in the environment.</returns>
    /// <remarks>One that was deleted and comes back may keep its sequence; so it is with all definitions.</remarks>
    ValueTask<AudienceDefinition?> InsertAsync(AudienceDefinition audience, bool keepsSequence = false);

    /// <returns>As stored; null where the name is taken in the environment.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<AudienceDefinition?> UpdateAsync(AudienceDefinition audience);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(AudienceDefinition audience);

    /// <returns>As stored, with its sequence; null where the key is taken in the environment.</returns>
    ValueTask<ExperimentDefinition?> InsertAsync(ExperimentDefinition experiment, bool keepsSequence = false);

    /// <returns>As stored.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<ExperimentDefinition> UpdateAsync(ExperimentDefinition experiment);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(ExperimentDefinition experiment);

    /// <returns>As stored, with its sequence; null where the key is taken in the environment.</returns>
    ValueTask<FlagDefinition?> InsertAsync(FlagDefinition flag, bool keepsSequence = false);

    /// <returns>As stored.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<FlagDefinition> UpdateAsync(FlagDefinition flag);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(FlagDefinition flag);

    /// <returns>As stored, with its sequence; null where the name is taken in the environment.</returns>
    ValueTask<LayerDefinition?> InsertAsync(LayerDefinition layer, bool keepsSequence = false);

    /// <returns>As stored; null where the name is taken in the environment.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<LayerDefinition?> UpdateAsync(LayerDefinition layer);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(LayerDefinition layer);

    /// <returns>As stored, with its sequence; null where the name is taken in the environment.</returns>
    ValueTask<HoldoutDefinition?> InsertAsync(HoldoutDefinition holdout, bool keepsSequence = false);

    /// <returns>As stored; null where the name is taken in the environment.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<HoldoutDefinition?> UpdateAsync(HoldoutDefinition holdout);

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync(HoldoutDefinition holdout);

    /// <summary>The update of a resource that comes next gave so many users another variant, or none: for its audit entry.</summary>
    /// <param name="resourceId">Of the experiment or flag.</param>
    /// <param name="share">Of all users.</param>
    void NoteReassigned(Guid resourceId, decimal share)
    {
        // Only a store that keeps an audit log by itself has a use for it.
    }

    /// <summary>Adds to the audit log. Nothing takes an entry away again.</summary>
    ValueTask AppendAsync(AuditEntry entry);

    /// <summary>Keeps the content of a version, once.</summary>
    ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content);

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
