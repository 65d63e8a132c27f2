namespace Experiments.Control.Api.Bodies;

/// <summary>Which snapshots stay, for the API document; one of the first two is needed, and other members are refused.</summary>
/// <param name="KeepVersions">The newest ones, the live one counted; at least 1.</param>
/// <param name="KeepDays">Since another one took their place; at least 1.</param>
/// <param name="UpTo">Leaves every version above alone: the last one that a dry run has named.</param>
/// <param name="DryRun">Answers what would be deleted, and deletes nothing.</param>
internal sealed record PruneBody(int? KeepVersions = null, int? KeepDays = null, long? UpTo = null, bool? DryRun = null);
