using Experiments.Control.Differences;

namespace Experiments.Control.Transfer;

/// <summary>What applying a document did, or would do.</summary>
/// <param name="IsDryRun">Nothing was stored, because nothing was to be.</param>
/// <param name="IsStored">Something was.</param>
/// <param name="Changes">From the state before.</param>
/// <param name="ETag">Of the state after; of a dry run, of the state as it is.</param>
internal sealed record AppliedDocument(bool IsDryRun, bool IsStored, IReadOnlyList<Change> Changes, string ETag);
