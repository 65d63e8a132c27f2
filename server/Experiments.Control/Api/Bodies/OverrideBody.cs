namespace Experiments.Control.Api.Bodies;

/// <summary>A variant of a flag set by hand for one user, for the API document.</summary>
/// <param name="UserKey">1 to 1,024 characters.</param>
/// <param name="Variant">Key of a variant of the flag.</param>
internal sealed record OverrideBody(string UserKey, string Variant);
