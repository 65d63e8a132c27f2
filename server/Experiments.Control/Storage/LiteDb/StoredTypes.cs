using Experiments.Control.Definitions;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>The types of definitions.</summary>
internal static class StoredTypes
{
    private static readonly Dictionary<Type, object> All = new()
    {
        [typeof(AudienceDefinition)] = new StoredType<AudienceDefinition>(
            StoredCollections.Audiences,
            KeepsName: false,
            static (audience, sequence, revision) => audience with { Sequence = sequence, Revision = revision },
            static audience => [StoredList.Audiences(null), StoredList.Audiences(audience.EnvironmentId)],
            static filter => StoredList.Audiences(filter.EnvironmentId)),
        [typeof(ExperimentDefinition)] = new StoredType<ExperimentDefinition>(
            StoredCollections.Experiments,
            KeepsName: true,
            static (experiment, sequence, revision) => experiment with { Sequence = sequence, Revision = revision },
            static experiment =>
            [
                StoredList.Experiments(null, null),
                StoredList.Experiments(experiment.EnvironmentId, null),
                StoredList.Experiments(null, experiment.Status),
                StoredList.Experiments(experiment.EnvironmentId, experiment.Status),
            ],
            static filter => StoredList.Experiments(filter.EnvironmentId, filter.Status),
            AddKeys),
        [typeof(FlagDefinition)] = new StoredType<FlagDefinition>(
            StoredCollections.Flags,
            KeepsName: true,
            static (flag, sequence, revision) => flag with { Sequence = sequence, Revision = revision },
            static flag => [StoredList.Flags(null), StoredList.Flags(flag.EnvironmentId)],
            static filter => StoredList.Flags(filter.EnvironmentId),
            AddKeys),
        [typeof(LayerDefinition)] = new StoredType<LayerDefinition>(
            StoredCollections.Layers,
            KeepsName: false,
            static (layer, sequence, revision) => layer with { Sequence = sequence, Revision = revision },
            static layer => [StoredList.Layers(null), StoredList.Layers(layer.EnvironmentId)],
            static filter => StoredList.Layers(filter.EnvironmentId)),
        [typeof(HoldoutDefinition)] = new StoredType<HoldoutDefinition>(
            StoredCollections.Holdouts,
            KeepsName: false,
            static (holdout, sequence, revision) => holdout with { Sequence = sequence, Revision = revision },
            static holdout => [StoredList.Holdouts(null), StoredList.Holdouts(holdout.EnvironmentId)],
            static filter => StoredList.Holdouts(filter.EnvironmentId)),
    };

    public static StoredType<T> Of<T>()
        where T : class, IDefinition => (StoredType<T>)All[typeof(T)];

    private static void AddKeys(ExperimentDefinition experiment, BsonDocument document)
    {
        byte[] InList(byte[] prefix) => OrderedKey.Of(prefix, experiment.CreatedAt, experiment.Sequence);
        document[StoredFields.CreatedByStatus] = InList(OrderedKey.Of(experiment.Status));
        document[StoredFields.CreatedByEnvironmentAndStatus] = InList(OrderedKey.Of(experiment.EnvironmentId, experiment.Status));
        document[StoredFields.Audience] = OrderedKey.Of(experiment.AudienceId ?? Guid.Empty, experiment.Sequence);
        document[StoredFields.References] = KeysOf([], experiment.EnvironmentId, experiment.Prerequisites);
    }

    private static void AddKeys(FlagDefinition flag, BsonDocument document) => document[StoredFields.References] = KeysOf(
        flag.Rules.SelectMany(static rule => new[] { rule.AudienceId, rule.ExperimentId }).OfType<Guid>(),
        flag.EnvironmentId,
        flag.Rules.SelectMany(static rule => rule.Prerequisites));

    private static BsonArray KeysOf(IEnumerable<Guid> ids, Guid environmentId, IEnumerable<PrerequisiteDefinition> prerequisites) => new(
        ids.Distinct().Select(static id => OrderedKey.Of(id))
            .Concat(prerequisites.Select(static prerequisite => prerequisite.FlagKey).Distinct(StringComparer.Ordinal)
                .Select(key => OrderedKey.Of(environmentId, key)))
            .Select(static key => new BsonValue(key)));
}
