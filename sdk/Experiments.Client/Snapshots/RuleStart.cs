namespace Experiments.Client.Snapshots;

/// <summary>Where a rule of a flag starts; for explanations.</summary>
/// <param name="Place">Of its first instruction; where it has none, that of the next rule.</param>
/// <param name="Id">Null where it has none.</param>
internal readonly record struct RuleStart(int Place, string? Id);
