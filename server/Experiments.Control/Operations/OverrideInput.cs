namespace Experiments.Control.Operations;

/// <summary>A variant set by hand for one user.</summary>
/// <param name="UserKey">1 to 1,024 characters.</param>
/// <param name="Variant">The key of a flag's variant, the id of an experiment's.</param>
internal sealed record OverrideInput(string UserKey, string Variant);
