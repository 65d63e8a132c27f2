namespace Experiments.Control.Operations;

/// <summary>What a rule serves: one of the three; none of them is the caller's fallback.</summary>
/// <param name="Variant">Key of a variant.</param>
/// <param name="ExperimentId">An experiment, while it is running.</param>
/// <param name="Split">Variants by weight.</param>
internal sealed record ServeInput(string? Variant = null, Guid? ExperimentId = null, SplitInput? Split = null);
