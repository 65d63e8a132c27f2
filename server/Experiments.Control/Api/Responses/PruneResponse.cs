using System.Globalization;
using Experiments.Control.Publishing;

namespace Experiments.Control.Api.Responses;

/// <summary>Snapshots that were deleted, or would be.</summary>
internal sealed record PruneResponse(bool DryRun, IReadOnlyList<StoredVersionResponse> Deleted, int Kept, string Text)
{
    public static PruneResponse From(RetentionOutcome outcome, bool isDryRun) => new(
        isDryRun,
        [.. outcome.Expired.Select(static one => new StoredVersionResponse(one.Version, one.WrittenAt, one.Bytes))],
        outcome.KeptCount,
        string.Concat(outcome.Expired.Select(static one => string.Create(
            CultureInfo.InvariantCulture, $"- version {one.Version}, written {one.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {one.Bytes} bytes\n"))));
}
