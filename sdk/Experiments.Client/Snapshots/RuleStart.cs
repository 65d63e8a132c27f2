namespace Experiments.Client.Snapshots;

/// <summary>Where a rule of a flag starts; for explanations.</summary>
/// <param name="Entry">An instruction, or <c>~outcome</c>.</param>
/// <param name="Id">Null where it has none.</param>
internal readonly record struct RuleStart(int Entry, string? Id);
