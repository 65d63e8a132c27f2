namespace Experiments.Control.Api.Bodies;

/// <summary>The rules of a flag, for the API document.</summary>
/// <param name="Rules">All of them, in their order.</param>
internal sealed record FlagRulesBody(IReadOnlyList<FlagRuleBody> Rules);
