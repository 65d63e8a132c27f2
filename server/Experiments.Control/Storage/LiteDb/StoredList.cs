using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>A list that can be paged: the index keys that begin with a prefix. Its length is kept as a counter.</summary>
internal sealed record StoredList(string Collection, string Field, byte[] Prefix, bool IsDescending)
{
    public static StoredList Environments { get; } = new(StoredCollections.Environments, StoredFields.Name, [], IsDescending: false);

    /// <summary>Id of the counter that holds the length.</summary>
    public string CounterId => $"{Collection}.{Field}.{Convert.ToHexString(Prefix)}";

    public static StoredList Audiences(Guid? environmentId) => Newest(StoredCollections.Audiences, environmentId);

    public static StoredList Flags(Guid? environmentId) => Newest(StoredCollections.Flags, environmentId);

    public static StoredList Layers(Guid? environmentId) => Newest(StoredCollections.Layers, environmentId);

    public static StoredList Holdouts(Guid? environmentId) => Newest(StoredCollections.Holdouts, environmentId);

    /// <summary>Of one resource, of one environment, or of everything.</summary>
    public static StoredList Audit(Guid? environmentId, Guid? resourceId) => (environmentId, resourceId) switch
    {
        (_, { } id) => new(StoredCollections.Audit, StoredFields.CreatedByResource, OrderedKey.Of(id), IsDescending: true),
        ({ } id, null) => new(StoredCollections.Audit, StoredFields.CreatedByEnvironment, OrderedKey.Of(id), IsDescending: true),
        (null, null) => new(StoredCollections.Audit, StoredFields.Id, [], IsDescending: true),
    };

    /// <summary>Oldest first; its length is not counted.</summary>
    public static StoredList AuditTexts { get; } = new(StoredCollections.AuditTexts, StoredFields.Id, [], IsDescending: false);

    public static StoredList Experiments(Guid? environmentId, ExperimentStatus? status) => (environmentId, status) switch
    {
        ({ } id, { } only) => NewestExperiments(StoredFields.CreatedByEnvironmentAndStatus, OrderedKey.Of(id, only)),
        ({ } id, null) => NewestExperiments(StoredFields.CreatedByEnvironment, OrderedKey.Of(id)),
        (null, { } only) => NewestExperiments(StoredFields.CreatedByStatus, OrderedKey.Of(only)),
        (null, null) => NewestExperiments(StoredFields.Created, []),
    };

    public static StoredList Publications(Guid environmentId) =>
        new(StoredCollections.Publications, StoredFields.Id, OrderedKey.Of(environmentId), IsDescending: true);

    private static StoredList Newest(string collection, Guid? environmentId) => environmentId is { } id
        ? new(collection, StoredFields.CreatedByEnvironment, OrderedKey.Of(id), IsDescending: true)
        : new(collection, StoredFields.Created, [], IsDescending: true);

    private static StoredList NewestExperiments(string field, byte[] prefix) =>
        new(StoredCollections.Experiments, field, prefix, IsDescending: true);
}
