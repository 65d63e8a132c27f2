namespace Experiments.Control.Api.Bodies;

/// <summary>What a rule serves, for the API document: one of the three, or the variant null for the fallback of the caller.</summary>
/// <param name="Variant">Key of a variant.</param>
/// <param name="ExperimentId">An experiment of the environment, while it is running.</param>
/// <param name="Split">Variants by weight.</param>
internal sealed record ServeBody(string? Variant = null, Guid? ExperimentId = null, RuleSplitBody? Split = null);
