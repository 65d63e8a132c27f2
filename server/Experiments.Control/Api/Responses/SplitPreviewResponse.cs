using Experiments.Control.Splits;

namespace Experiments.Control.Api.Responses;

/// <summary>What a change of a split would move.</summary>
/// <param name="MovedShare">Of all users: those who have a variant and would have another, or none.</param>
/// <param name="Moves">From and to are ids of variants; null is not in any more.</param>
internal sealed record SplitPreviewResponse(decimal MovedShare, IReadOnlyList<SplitMoveResponse> Moves)
{
    public static SplitPreviewResponse From(SplitPreview preview, Func<Guid, string> nameOf) => new(
        preview.MovedShare,
        [.. preview.Moves.Select(move => new SplitMoveResponse(nameOf(move.From), move.To is { } to ? nameOf(to) : null, move.Share))]);
}
