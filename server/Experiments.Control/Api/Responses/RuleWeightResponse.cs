namespace Experiments.Control.Api.Responses;

/// <summary>A variant's part of a flag's split in answers.</summary>
internal sealed record RuleWeightResponse(string Variant, long Weight);
