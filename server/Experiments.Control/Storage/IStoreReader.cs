using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What can be read inside a transaction. Names and keys compare and sort ordinally.</summary>
internal interface IStoreReader
{
    ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id);

    /// <summary>By name.</summary>
    ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range);

    ValueTask<T?> FindAsync<T>(Guid id)
        where T : class, IDefinition;

    /// <param name="environmentId">Of its environment.</param>
    /// <param name="name">Its <see cref="IDefinition.UniqueName"/>.</param>
    ValueTask<T?> FindAsync<T>(Guid environmentId, string name)
        where T : class, IDefinition;

    /// <summary>In the order of the filter, ties by insertion.</summary>
    ValueTask<StorePage<T>> ListAsync<T>(DefinitionFilter filter, PageRange range)
        where T : class, IDefinition;

    /// <summary>All of an environment, in insertion order.</summary>
    ValueTask<IReadOnlyList<T>> GetAllAsync<T>(Guid environmentId)
        where T : class, IDefinition;

    /// <summary>Every tag that one of the environment has, once, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> ListTagsAsync<T>(Guid environmentId)
        where T : class, IDefinition;

    /// <summary>All that use the audience, in insertion order.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId);

    /// <summary>All whose rules name the audience, or the experiment, in insertion order.</summary>
    ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId);

    /// <summary>All whose rules have the flag of this key as a prerequisite, in insertion order.</summary>
    ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey);

    /// <summary>All that have the flag of this key as a prerequisite, in insertion order.</summary>
    ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey);

    /// <summary>Entries of the audit log, newest first.</summary>
    ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range);

    /// <summary>Entries of the audit log above a sequence, oldest first.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterSequence, int take);

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
