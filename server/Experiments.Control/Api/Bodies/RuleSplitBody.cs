namespace Experiments.Control.Api.Bodies;

/// <summary>The split of a flag's rule, for the API document.</summary>
/// <param name="Weights">Each variant once; their order does not matter.</param>
/// <param name="Coverage">Share of users that are in: 0 to 1 in steps of 0.0001; with a ramp, until its first step.</param>
/// <param name="Ramp">By time, strictly ascending.</param>
/// <param name="LayerId">Of a layer of the environment; absent or null is none.</param>
/// <param name="Unit">The attribute that is hashed; absent or null is the user key.</param>
internal sealed record RuleSplitBody(
    IReadOnlyList<RuleWeightBody> Weights,
    decimal Coverage,
    IReadOnlyList<RampStepBody>? Ramp = null,
    Guid? LayerId = null,
    string? Unit = null);
