namespace Experiments.Control.Api.Bodies;

/// <summary>Rules in another order, for the API document.</summary>
/// <param name="RuleIds">Each of the flag's rules once.</param>
internal sealed record RuleOrderBody(IReadOnlyList<Guid> RuleIds);
