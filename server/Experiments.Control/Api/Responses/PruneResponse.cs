namespace Experiments.Control.Api.Responses;

/// <summary>Snapshots that were deleted, or would be, oldest first; how many stay; and the same in words.</summary>
internal sealed record PruneResponse(bool DryRun, IReadOnlyList<StoredVersionResponse> Deleted, int Kept, string Text);
