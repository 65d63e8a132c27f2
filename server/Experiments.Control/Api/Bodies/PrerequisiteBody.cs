namespace Experiments.Control.Api.Bodies;

/// <summary>What another flag must have served, for the API document.</summary>
/// <param name="Flag">Its key.</param>
/// <param name="Variants">Keys of its variants: one of them.</param>
internal sealed record PrerequisiteBody(string Flag, IReadOnlyList<string> Variants);
