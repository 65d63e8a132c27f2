namespace Experiments.Control.Api.Bodies;

/// <summary>A variant's part of a rule's split, for the API document.</summary>
/// <param name="Variant">Key of a variant of the flag.</param>
/// <param name="Weight">1 to 1,000,000,000, relative to the others.</param>
internal sealed record RuleWeightBody(string Variant, long Weight);
