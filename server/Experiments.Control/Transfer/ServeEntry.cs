namespace Experiments.Control.Transfer;

/// <summary>What a rule serves in a document: one of the three; none of them is the caller's fallback.</summary>
internal sealed record ServeEntry(string? Variant = null, string? Experiment = null, SplitEntry? Split = null);
