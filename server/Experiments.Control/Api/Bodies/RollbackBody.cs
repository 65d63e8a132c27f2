namespace Experiments.Control.Api.Bodies;

/// <summary>A way back, for the API document.</summary>
/// <param name="Version">One that was published.</param>
/// <param name="Note">Why; else what the header x-reason says.</param>
/// <param name="DryRun">Answers what would change, and publishes nothing.</param>
internal sealed record RollbackBody(long Version, string? Note = null, bool? DryRun = null);
