using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>
/// Lets the checks of single changes see the planned state. What only the whole document can tell (who else serves an experiment, who
/// depends on a flag) is not answered: <see cref="WholeChecks"/> looks at that when all is planned.
/// </summary>
internal sealed class PlannedReader(PlannedState planned) : IStoreReader
{
    public ValueTask<AudienceDefinition?> FindAudienceAsync(Guid id) => new(planned.Audiences.Find(id));

    public ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid id) => new(planned.Experiments.Find(id));

    public ValueTask<LayerDefinition?> FindLayerAsync(Guid id) => new(planned.Layers.Find(id));

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) => new([]);

    public ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) => throw NotPlanned();

    public ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) => throw NotPlanned();

    public ValueTask<StorePage<AudienceDefinition>> ListAudiencesAsync(Guid? environmentId, PageRange range) => throw NotPlanned();

    public ValueTask<IReadOnlyList<AudienceDefinition>> GetAudiencesAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<ExperimentDefinition?> FindExperimentAsync(Guid environmentId, string key) => throw NotPlanned();

    public ValueTask<StorePage<ExperimentDefinition>> ListExperimentsAsync(Guid? environmentId, ExperimentStatus? status, PageRange range) =>
        throw NotPlanned();

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsAsync(Guid environmentId, ExperimentStatus status) => throw NotPlanned();

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) => throw NotPlanned();

    public ValueTask<FlagDefinition?> FindFlagAsync(Guid id) => throw NotPlanned();

    public ValueTask<FlagDefinition?> FindFlagAsync(Guid environmentId, string key) => throw NotPlanned();

    public ValueTask<StorePage<FlagDefinition>> ListFlagsAsync(Guid? environmentId, PageRange range) => throw NotPlanned();

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) => throw NotPlanned();

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) => throw NotPlanned();

    public ValueTask<StorePage<LayerDefinition>> ListLayersAsync(Guid? environmentId, PageRange range) => throw NotPlanned();

    public ValueTask<IReadOnlyList<LayerDefinition>> GetLayersAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<HoldoutDefinition?> FindHoldoutAsync(Guid id) => throw NotPlanned();

    public ValueTask<StorePage<HoldoutDefinition>> ListHoldoutsAsync(Guid? environmentId, PageRange range) => throw NotPlanned();

    public ValueTask<IReadOnlyList<HoldoutDefinition>> GetHoldoutsAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range) => throw NotPlanned();

    public ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version) => throw NotPlanned();

    public ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) => throw NotPlanned();

    public ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) => throw NotPlanned();

    public ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() => throw NotPlanned();

    public ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) => throw NotPlanned();

    private static NotSupportedException NotPlanned() => new("The checks of a document do not ask for this; see WholeChecks.");
}
