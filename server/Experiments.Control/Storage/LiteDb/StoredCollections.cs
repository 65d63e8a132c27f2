namespace Experiments.Control.Storage.LiteDb;

/// <summary>Names of LiteDB collections.</summary>
internal static class StoredCollections
{
    public const string Environments = "environments";
    public const string Audiences = "audiences";
    public const string Experiments = "experiments";
    public const string Flags = "flags";
    public const string Layers = "layers";
    public const string Holdouts = "holdouts";
    public const string PublishStates = "publishStates";
    public const string Publications = "publications";

    /// <summary>What was published, in parts that fit a document.</summary>
    public const string VersionContents = "versionContents";

    public const string Audit = "audit";

    /// <summary>What a search in the audit log looks at: ids that are the texts.</summary>
    public const string AuditTexts = "auditTexts";

    /// <summary>Lengths of lists, and the last sequence.</summary>
    public const string Counters = "counters";

    /// <summary>One document that says whose file this is.</summary>
    public const string Store = "store";
}
