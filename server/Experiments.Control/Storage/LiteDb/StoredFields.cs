namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// Names of fields in LiteDB documents. A definition is its <see cref="Json"/>; every other field is an index key made from it.
/// </summary>
internal static class StoredFields
{
    public const string Id = "_id";
    public const string Json = "json";

    /// <summary>What must be unique: the name of an environment, parent and name of an audience, parent and key of an experiment.</summary>
    public const string Name = "name";

    public const string Created = "created";
    public const string CreatedByEnvironment = "environment";
    public const string CreatedByStatus = "status";
    public const string CreatedByEnvironmentAndStatus = "environmentStatus";
    public const string Audience = "audience";

    /// <summary>Ids that it names: an array of keys.</summary>
    public const string References = "references";

    public const string CreatedByResource = "resource";

    public const string Wanted = "wanted";
    public const string Published = "published";
    public const string IsPending = "pending";
    public const string Actor = "actor";
    public const string Note = "note";

    public const string Value = "value";
}
