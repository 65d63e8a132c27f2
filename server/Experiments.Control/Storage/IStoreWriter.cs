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
    /// <param name="definition">The new one.</param>
    /// <param name="keepsSequence">One that was deleted and comes back keeps its place.</param>
    ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
        where T : class, IDefinition;

    /// <returns>As stored; null where the name is taken in the environment, which cannot be where the name stays the same.</returns>
    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask<T?> UpdateAsync<T>(T definition)
        where T : class, IDefinition;

    /// <exception cref="StoreConflictException">It was written or deleted since it was read.</exception>
    ValueTask DeleteAsync<T>(T definition)
        where T : class, IDefinition;

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
    /// <param name="environmentId">Which environment.</param>
    /// <param name="actor">Who asks, if known: see <see cref="PublishState.Actor"/>.</param>
    /// <param name="note">Why.</param>
    ValueTask<PublishState> RequestPublishAsync(Guid environmentId, string? actor = null, string? note = null);

    /// <summary>Claims max(highest claimed version, <paramref name="storeVersion"/>) + 1. A version is claimed once, ever.</summary>
    ValueTask<PublicationRecord> ClaimVersionAsync(Guid environmentId, long storeVersion, DateTimeOffset claimedAt);

    /// <summary>Replaces the record of a claimed version with what became of it.</summary>
    ValueTask UpdateAsync(PublicationRecord publication);

    /// <summary>Raises <see cref="PublishState.Published"/> to <paramref name="wanted"/>; never lowers it.</summary>
    ValueTask CompletePublishAsync(Guid environmentId, long wanted);
}
