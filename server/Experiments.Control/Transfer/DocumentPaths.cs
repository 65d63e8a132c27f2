namespace Experiments.Control.Transfer;

/// <summary>Where in a document each resource is, for messages; what the document names twice is refused.</summary>
internal sealed class DocumentPaths(TransferDocument document)
{
    public Dictionary<string, string> Audiences { get; } = EntryParts.PathsOf("audiences", document.Audiences, "name", static one => one.Name);

    public Dictionary<string, string> Layers { get; } = EntryParts.PathsOf("layers", document.Layers, "name", static one => one.Name);

    public Dictionary<string, string> Holdouts { get; } = EntryParts.PathsOf("holdouts", document.Holdouts, "name", static one => one.Name);

    public Dictionary<string, string> Experiments { get; } = EntryParts.PathsOf("experiments", document.Experiments, "key", static one => one.Key);

    public Dictionary<string, string> Flags { get; } = EntryParts.PathsOf("flags", document.Flags, "key", static one => one.Key);
}
