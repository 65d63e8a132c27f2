namespace Experiments.Control.Transfer;

/// <summary>An override in a document.</summary>
internal sealed record OverrideEntry(string UserKey, string Variant);
