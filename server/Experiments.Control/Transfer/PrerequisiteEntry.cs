namespace Experiments.Control.Transfer;

/// <summary>A prerequisite in a document.</summary>
internal sealed record PrerequisiteEntry(string Flag, IReadOnlyList<string> Variants);
