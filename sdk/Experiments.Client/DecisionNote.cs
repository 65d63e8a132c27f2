namespace Experiments.Client;

/// <summary>What only some decisions have to say.</summary>
/// <param name="RuleId">Of the flag's rule that made them; null where it has none.</param>
/// <param name="ReasonText">Null where the rule names no reason of its own.</param>
/// <param name="Fault">What went wrong; null where nothing did.</param>
internal sealed record DecisionNote(string? RuleId = null, string? ReasonText = null, string? Fault = null);
