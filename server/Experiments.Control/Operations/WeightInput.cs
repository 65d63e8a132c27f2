namespace Experiments.Control.Operations;

/// <summary>A variant's part of a split.</summary>
/// <param name="Variant">The id of an experiment's variant, the key of a flag's.</param>
/// <param name="Weight">1 to 1,000,000,000.</param>
internal sealed record WeightInput(string Variant, long Weight);
