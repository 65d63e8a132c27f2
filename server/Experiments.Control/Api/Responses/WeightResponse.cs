namespace Experiments.Control.Api.Responses;

/// <summary>A variant's part of a split in answers.</summary>
internal sealed record WeightResponse(Guid VariantId, long Weight);
