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
            static audience => [StoredList.Audiences(null), StoredList.Audiences(audience.EnvironmentId)],
            static filter => StoredList.Audiences(filter.EnvironmentId)),
        [typeof(ExperimentDefinition)] = new StoredType<ExperimentDefinition>(
            StoredCollections.Experiments,
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
            static flag => [StoredList.Flags(null), StoredList.Flags(flag.EnvironmentId)],
            static filter => StoredList.Flags(filter.EnvironmentId),
            AddReferences),
        [typeof(LayerDefinition)] = new StoredType<LayerDefinition>(
            StoredCollections.Layers,
            static layer => [StoredList.Layers(null), StoredList.Layers(layer.EnvironmentId)],
            static filter => StoredList.Layers(filter.EnvironmentId)),
        [typeof(HoldoutDefinition)] = new StoredType<HoldoutDefinition>(
            StoredCollections.Holdouts,
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
        AddReferences(experiment, document);
    }

    private static void AddReferences<T>(T definition, BsonDocument document)
        where T : class, IDefinition => document[StoredFields.References] = new BsonArray(
        DefinitionParts.NamedIds(definition).Select(static id => OrderedKey.Of(id))
            .Concat(DefinitionParts.NamedFlags(definition).Select(key => OrderedKey.Of(definition.EnvironmentId, key)))
            .Select(static key => new BsonValue(key)));
}
