using Experiments.Control.Differences;
using Experiments.Control.Transfer;

namespace Experiments.Control.Api.Responses;

/// <summary>What applying a document did, or would do.</summary>
/// <param name="DryRun">Nothing was to be stored.</param>
/// <param name="Applied">Something was stored.</param>
/// <param name="Changes">Each by itself.</param>
/// <param name="Text">All of them in words, a line each.</param>
internal sealed record TransferResponse(bool DryRun, bool Applied, IReadOnlyList<Change> Changes, string Text)
{
    public static TransferResponse From(AppliedDocument applied) =>
        new(applied.IsDryRun, applied.IsStored, applied.Changes, DifferenceText.Of(applied.Changes));
}
