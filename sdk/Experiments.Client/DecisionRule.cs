namespace Experiments.Client;

/// <summary>What a rule of a flag says about the decisions that it makes.</summary>
/// <param name="Id">Null where it has none.</param>
/// <param name="ReasonText">Null where it names no reason of its own.</param>
internal sealed record DecisionRule(string? Id, string? ReasonText);
