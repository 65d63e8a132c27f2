namespace Experiments.Control.Api.Bodies;

/// <summary>A variant of an experiment set by hand for one user, for the API document.</summary>
/// <param name="UserKey">1 to 1,024 characters.</param>
/// <param name="VariantId">Of the experiment.</param>
internal sealed record ExperimentOverrideBody(string UserKey, Guid VariantId);
