using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Who holds what share of a layer.</summary>
internal static class LayerChanges
{
    public static string SummaryOf(LayerDefinition layer) => layer.Claims.Count == 0
        ? ""
        : $" ({TextList.Join([.. layer.Claims.Select(static claim => $"{TextList.Quote(claim.Key)} holds {ShareOf(claim)}")], ", ")})";

    public static void Add(ChangeScope scope, LayerDefinition before, LayerDefinition after)
    {
        SimpleChanges.AddUnit(scope, "unit", before.Unit, after.Unit);
        SimpleChanges.AddSalt(scope, "salt", before.Salt, after.Salt);
        Pairing<LayerClaimDefinition> pairing = new Pairing<LayerClaimDefinition>(before.Claims, after.Claims, static claim => claim.OwnerId)
            .PairBy(static claim => claim.Key, static claim => claim.Key);
        foreach ((LayerClaimDefinition now, int index) in pairing.AllAfter)
        {
            Add(scope, index < 0 ? null : before.Claims[index], now, $"claims[{IndexOf(after.Claims, now)}]");
        }

        foreach (int index in pairing.Removed)
        {
            LayerClaimDefinition old = before.Claims[index];
            string text = $"{TextList.Quote(old.Key)} no longer holds {ShareOf(old)}";
            scope.Changed($"claims[{index}]", text, ChangeJson.Of(ResourceJson.Of(old)), after: null);
        }
    }

    private static void Add(ChangeScope scope, LayerClaimDefinition? before, LayerClaimDefinition after, string path)
    {
        string text = $"{TextList.Quote(after.Key)} holds {ShareOf(after)}";
        if (before is not null)
        {
            if (RangesOf(before) == RangesOf(after))
            {
                return;
            }

            text = BucketsOf(before) == BucketsOf(after)
                ? $"{TextList.Quote(after.Key)} holds other buckets, still {ShareOf(after)}"
                : $"{TextList.Quote(after.Key)} holds {ShareOf(before)} -> {ShareOf(after)}";
        }

        scope.Changed(path, text, before is null ? null : ChangeJson.Of(ResourceJson.Of(before)), ChangeJson.Of(ResourceJson.Of(after)));
    }

    private static string ShareOf(LayerClaimDefinition claim) => ShareText.Of(BucketsOf(claim));

    private static int BucketsOf(LayerClaimDefinition claim) => claim.Ranges.Sum(static range => range.RangeEnd - range.RangeStart + 1);

    private static string RangesOf(LayerClaimDefinition claim) =>
        BucketRanges.Merge(claim.Ranges.Select(static range => (range.RangeStart, range.RangeEnd, "")));

    private static int IndexOf(IReadOnlyList<LayerClaimDefinition> claims, LayerClaimDefinition claim) =>
        claims.Index().First(one => ReferenceEquals(one.Item, claim)).Index;
}
