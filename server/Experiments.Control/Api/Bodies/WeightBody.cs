namespace Experiments.Control.Api.Bodies;

/// <summary>A variant's part of an experiment's split, for the API document.</summary>
/// <param name="VariantId">Of the experiment.</param>
/// <param name="Weight">1 to 1,000,000,000, relative to the others.</param>
internal sealed record WeightBody(Guid VariantId, long Weight);
