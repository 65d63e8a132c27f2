using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>
/// Lets the checks of single changes see the planned state. What only the whole document can tell (who else serves an experiment, who
/// depends on a flag) is not answered: <see cref="WholeChecks"/> looks at that when all is planned.
/// </summary>
internal sealed class PlannedReader(PlannedState planned) : IStoreReader
{
    public ValueTask<T?> FindAsync<T>(Guid id)
        where T : class, IDefinition => new(planned.SetOf<T>().Find(id));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) => new([]);

    // Asked for to follow prerequisites, which may be of flags that are planned later.
    public ValueTask<T?> FindAsync<T>(Guid environmentId, string name)
        where T : class, IDefinition => new((T?)null);

    public ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) => throw NotPlanned();

    public ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) => throw NotPlanned();

    public ValueTask<StorePage<T>> ListAsync<T>(DefinitionFilter filter, PageRange range)
        where T : class, IDefinition => throw NotPlanned();

    public ValueTask<IReadOnlyList<T>> GetAllAsync<T>(Guid environmentId)
        where T : class, IDefinition => throw NotPlanned();

    public ValueTask<IReadOnlyList<string>> ListTagsAsync<T>(Guid environmentId)
        where T : class, IDefinition => throw NotPlanned();

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) => throw NotPlanned();

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) => throw NotPlanned();

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) => throw NotPlanned();

    public ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range) => throw NotPlanned();

    public ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterSequence, int take) => throw NotPlanned();

    public ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version) => throw NotPlanned();

    public ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) => throw NotPlanned();

    public ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() => throw NotPlanned();

    public ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) => throw NotPlanned();

    private static NotSupportedException NotPlanned() => new("The checks of a document do not ask for this; see WholeChecks.");
}
