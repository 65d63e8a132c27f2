namespace Experiments.Cli.Resources;

/// <summary>Every kind of resource.</summary>
internal static class ResourceKinds
{
    private static readonly Column s_name = Cells.Of("NAME", "name");
    private static readonly Column s_key = Cells.Of("KEY", "key");
    private static readonly Column s_updated = Cells.Of("UPDATED", "updatedAt");

    public static ResourceKind Flags { get; } = new()
    {
        Plural = "flags",
        Singular = "flag",
        Identity = "key",
        Columns = [s_key, Cells.State, Cells.Of("TYPE", "type"), Cells.Tags, s_updated, s_name],
        HasTags = true,
        IsSearchedByServer = true,
        Statuses = ["on", "off", "archived"],
        Status = Cells.StateOf,
    };

    public static ResourceKind Experiments { get; } = new()
    {
        Plural = "experiments",
        Singular = "experiment",
        Identity = "key",
        Columns = [s_key, Cells.Of("STATUS", "status"), Cells.Count("VARIANTS", "variants"), Cells.Tags, s_updated, s_name],
        HasTags = true,
        Statuses = ["DRAFT", "RUNNING", "PAUSED", "ARCHIVED"],
    };

    public static ResourceKind Audiences { get; } = new()
    {
        Plural = "audiences",
        Singular = "audience",
        Columns = [s_name, Cells.Count("RULES", "rules"), s_updated],
    };

    public static ResourceKind Layers { get; } = new()
    {
        Plural = "layers",
        Singular = "layer",
        Columns = [s_name, Cells.Of("FREE", "freeShare"), Cells.Count("CLAIMS", "claims"), Cells.Of("UNIT", "unit"), s_updated],
    };

    public static ResourceKind Holdouts { get; } = new()
    {
        Plural = "holdouts",
        Singular = "holdout",
        Columns = [s_name, Cells.Of("SHARE", "share"), Cells.Of("TAG", "tag"), s_updated],
        HasTags = true,
    };

    public static ResourceKind Environments { get; } = new()
    {
        Plural = "environments",
        Columns = [s_name, Cells.Of("ID", "id"), Cells.Of("CREATED", "createdAt")],
        IsOfEnvironment = false,
    };

    public static ResourceKind Versions { get; } = new()
    {
        Plural = "versions",
        IsBelowEnvironment = true,
        Columns =
        [
            Cells.Of("VERSION", "version"), Cells.Of("STATUS", "status"), Cells.Either("PUBLISHED", "publishedAt", "claimedAt"),
            Cells.Of("EXPERIMENTS", "experimentCount"), Cells.Of("FLAGS", "flagCount"), Cells.Of("ACTOR", "actor"), Cells.Of("NOTE", "note"),
        ],
        Searched = ["actor", "note"],
        Statuses = ["PUBLISHED", "FAILED", "CLAIMED"],
    };

    public static ResourceKind Audit { get; } = new()
    {
        Plural = "audit",
        Columns =
        [
            Cells.Of("AT", "at"), Cells.Of("ACTOR", "actor"), Cells.Of("ACTION", "action"), Cells.Of("KIND", "kind"),
            Cells.Of("KEY", "resourceKey"), Cells.Of("REASON", "reason"),
        ],
        IsSearchedByServer = true,
        Searched = ["resourceKey", "actor", "reason"],
    };

    /// <summary>In the order in which help names them.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
        [Flags, Experiments, Audiences, Layers, Holdouts, Environments, Versions, Audit];
}
