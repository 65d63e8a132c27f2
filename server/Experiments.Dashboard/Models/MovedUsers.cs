using Experiments.Control.Splits;

namespace Experiments.Dashboard.Models;

/// <summary>Whom a change of a split would move, in words.</summary>
/// <param name="Share">Of all users, such as <c>25 %</c>; null where nobody who is assigned moves.</param>
/// <param name="Moves">Such as <c>b to a 25 %</c>.</param>
public sealed record MovedUsers(string? Share, string Moves)
{
    internal static MovedUsers Of(SplitPreview preview, Func<Guid, string> nameOf) => new(
        preview.MovedShare == 0 ? null : Shares.Text(preview.MovedShare),
        string.Join(", ", preview.Moves.Select(move =>
            $"{nameOf(move.From)} to {(move.To is { } to ? nameOf(to) : "not in")} {Shares.Text(move.Share)}")));
}
