using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>A list that can be paged: the index keys that begin with a prefix. Its length is kept as a counter.</summary>
internal sealed record StoredList(string Collection, string Field, byte[] Prefix, bool IsDescending)
{
    public static StoredList Environments { get; } = new(StoredCollections.Environments, StoredFields.Name, [], IsDescending: false);

    /// <summary>Id of the counter that holds the length.</summary>
    public string CounterId => $"{Collection}.{Field}.{Convert.ToHexString(Prefix)}";

    public static StoredList Audiences(Guid? environmentId) => environmentId is { } id
        ? new(StoredCollections.Audiences, StoredFields.CreatedByEnvironment, OrderedKey.Of(id), IsDescending: true)
        : new(StoredCollections.Audiences, StoredFields.Created, [], IsDescending: true);

    public static StoredList Experiments(Guid? environmentId, ExperimentStatus? status) => (environmentId, status) switch
    {
        ({ } id, { } only) => NewestExperiments(StoredFields.CreatedByEnvironmentAndStatus, OrderedKey.Of(id, only)),
        ({ } id, null) => NewestExperiments(StoredFields.CreatedByEnvironment, OrderedKey.Of(id)),
        (null, { } only) => NewestExperiments(StoredFields.CreatedByStatus, OrderedKey.Of(only)),
        (null, null) => NewestExperiments(StoredFields.Created, []),
    };

    public static StoredList Publications(Guid environmentId) =>
        new(StoredCollections.Publications, StoredFields.Id, OrderedKey.Of(environmentId), IsDescending: true);

    /// <summary>The lists that hold this audience.</summary>
    public static StoredList[] Of(AudienceDefinition audience) => [Audiences(null), Audiences(audience.EnvironmentId)];

    /// <summary>The lists that hold this experiment.</summary>
    public static StoredList[] Of(ExperimentDefinition experiment) =>
    [
        Experiments(null, null),
        Experiments(experiment.EnvironmentId, null),
        Experiments(null, experiment.Status),
        Experiments(experiment.EnvironmentId, experiment.Status),
    ];

    private static StoredList NewestExperiments(string field, byte[] prefix) =>
        new(StoredCollections.Experiments, field, prefix, IsDescending: true);
}
