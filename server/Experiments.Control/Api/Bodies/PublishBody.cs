namespace Experiments.Control.Api.Bodies;

/// <summary>A publish by hand, for the API document.</summary>
/// <param name="Note">Why; else what the header x-reason says.</param>
/// <param name="DryRun">Answers what would change, and publishes nothing.</param>
internal sealed record PublishBody(string? Note = null, bool? DryRun = null);
