using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.Archive;

/// <summary>Names of the kinds of records. They are in files: they never change.</summary>
internal static class ArchiveRecords
{
    public const string Environment = "environment";
    public const string Audience = "audience";
    public const string Layer = "layer";
    public const string Holdout = "holdout";
    public const string Experiment = "experiment";
    public const string Flag = "flag";
    public const string PublishState = "publishState";
    public const string Publication = "publication";
    public const string VersionContent = "versionContent";
    public const string Audit = "audit";
    public const string End = "end";

    public static string NameOf<T>()
        where T : class, IDefinition => DefinitionParts.KindOf<T>() switch
        {
            ResourceKind.Audience => Audience,
            ResourceKind.Layer => Layer,
            ResourceKind.Holdout => Holdout,
            ResourceKind.Experiment => Experiment,
            ResourceKind.Flag => Flag,
            _ => throw new InvalidOperationException($"{typeof(T).Name} is in no archive."),
        };
}
