namespace Experiments.Control.Api.Responses;

/// <summary>Buckets of a flag's split in answers, both ends inclusive.</summary>
internal sealed record RuleAllocationResponse(string Variant, int RangeStart, int RangeEnd);
