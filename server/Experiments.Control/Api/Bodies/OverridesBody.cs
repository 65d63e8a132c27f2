namespace Experiments.Control.Api.Bodies;

/// <summary>The overrides of a flag, for the API document.</summary>
/// <param name="Overrides">All of them.</param>
internal sealed record OverridesBody(IReadOnlyList<OverrideBody> Overrides);
