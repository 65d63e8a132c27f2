using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Puts back what another store held, as it was: ids, revisions and sequences included. Nothing that it writes may be there already.</summary>
internal interface IStoreRestorer : IStoreReader
{
    ValueTask RestoreAsync(EnvironmentDefinition environment);

    ValueTask RestoreAsync<T>(T definition)
        where T : class, IDefinition;

    ValueTask RestoreAsync(AuditEntry entry);

    ValueTask RestoreAsync(PublicationRecord publication);

    ValueTask RestoreAsync(PublishState state);

    /// <summary>Keeps the content of a version.</summary>
    ValueTask KeepVersionContentAsync(Guid environmentId, long version, ReadOnlyMemory<byte> content);

    /// <summary>Sequences that are given from now on are above this one.</summary>
    ValueTask ContinueAfterAsync(long sequence);
}
