using Experiments.Control.Explaining;

namespace Experiments.Control.Api.Responses;

/// <summary>What a publish would change of one flag or experiment.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Changed">How many decisions.</param>
/// <param name="Moves">The most frequent first.</param>
/// <param name="Examples">At most three.</param>
internal sealed record ImpactFlagResponse(
    string Key, long Changed, IReadOnlyList<ImpactMoveResponse> Moves, IReadOnlyList<ImpactExampleResponse> Examples)
{
    public static ImpactFlagResponse From(KeyImpact impact) => new(
        impact.Key,
        impact.ChangedCount,
        [.. impact.Moves.Select(static move => new ImpactMoveResponse(move.From, move.To, move.Count))],
        [.. impact.Examples.Select(static example =>
            new ImpactExampleResponse(WellFormedText.Of(example.UserKey), example.From, example.To))]);
}
