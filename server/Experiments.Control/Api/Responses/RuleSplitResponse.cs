namespace Experiments.Control.Api.Responses;

/// <summary>The split of a flag's rule in answers.</summary>
internal sealed record RuleSplitResponse(
    IReadOnlyList<RuleWeightResponse> Weights,
    decimal Coverage,
    IReadOnlyList<RampStepResponse> Ramp,
    Guid? LayerId,
    string? Unit,
    string Salt,
    IReadOnlyList<RuleAllocationResponse> Allocations);
