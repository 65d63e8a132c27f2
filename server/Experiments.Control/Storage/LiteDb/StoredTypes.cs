using Experiments.Control.Definitions;
using LiteDB;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>The types of definitions.</summary>
internal static class StoredTypes
{
    public static StoredType<AudienceDefinition> Audiences { get; } = new(
        StoredCollections.Audiences,
        StoredJsonContext.Default.AudienceDefinition,
        static audience => audience.Name,
        static (audience, sequence, revision) => audience with { Sequence = sequence, Revision = revision },
        static audience => [StoredList.Audiences(null), StoredList.Audiences(audience.EnvironmentId)]);

    public static StoredType<ExperimentDefinition> Experiments { get; } = new(
        StoredCollections.Experiments,
        StoredJsonContext.Default.ExperimentDefinition,
        static experiment => experiment.Key,
        static (experiment, sequence, revision) => experiment with { Sequence = sequence, Revision = revision },
        static experiment =>
        [
            StoredList.Experiments(null, null),
            StoredList.Experiments(experiment.EnvironmentId, null),
            StoredList.Experiments(null, experiment.Status),
            StoredList.Experiments(experiment.EnvironmentId, experiment.Status),
        ],
        AddKeys);

    public static StoredType<FlagDefinition> Flags { get; } = new(
        StoredCollections.Flags,
        StoredJsonContext.Default.FlagDefinition,
        static flag => flag.Key,
        static (flag, sequence, revision) => flag with { Sequence = sequence, Revision = revision },
        static flag => [StoredList.Flags(null), StoredList.Flags(flag.EnvironmentId)],
        AddKeys);

    public static StoredType<LayerDefinition> Layers { get; } = new(
        StoredCollections.Layers,
        StoredJsonContext.Default.LayerDefinition,
        static layer => layer.Name,
        static (layer, sequence, revision) => layer with { Sequence = sequence, Revision = revision },
        static layer => [StoredList.Layers(null), StoredList.Layers(layer.EnvironmentId)]);

    public static StoredType<HoldoutDefinition> Holdouts { get; } = new(
        StoredCollections.Holdouts,
        StoredJsonContext.Default.HoldoutDefinition,
        static holdout => holdout.Name,
        static (holdout, sequence, revision) => holdout with { Sequence = sequence, Revision = revision },
        static holdout => [StoredList.Holdouts(null), StoredList.Holdouts(holdout.EnvironmentId)]);

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
