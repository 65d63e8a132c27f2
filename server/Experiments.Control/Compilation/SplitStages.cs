using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Compilation;

/// <summary>The steps of a split over time. A split without a ramp has one.</summary>
internal static class SplitStages
{
    /// <param name="split">Null where the ranges were given as they are.</param>
    /// <param name="allocations">Of the largest coverage.</param>
    /// <param name="layer">The split's layer.</param>
    /// <param name="ownerId">Who holds the claim in it.</param>
    public static IReadOnlyList<SplitStage> Of(
        SplitDefinition? split, IReadOnlyList<AllocationDefinition> allocations, LayerDefinition? layer, Guid ownerId)
    {
        BucketMap full = MapOf(allocations);
        if (split is null)
        {
            return [new SplitStage(null, null, full, BucketSet.Everybody)];
        }

        BucketSet held = layer is null ? BucketSet.Everybody : HeldBy(layer, ownerId);
        BucketSet? first = split.Entered.Count == 0 ? null : SetOf(split.Entered);
        VariantWeight[] weights = [.. split.Weights.Select(static weight => new VariantWeight(weight.VariantId, weight.Weight))];
        (DateTimeOffset? At, int Coverage)[] steps =
            [(null, split.Coverage), .. split.Ramp.Select(static step => ((DateTimeOffset?)step.At, step.Coverage))];
        return
        [
            .. steps.Select((step, i) =>
            {
                var coverage = Coverage.FromBuckets(step.Coverage);
                return new SplitStage(
                    step.At,
                    i + 1 < steps.Length ? steps[i + 1].At : null,
                    layer is null && step.Coverage < full.Count ? SplitPlanner.Shrink(full, weights, coverage, first) : full,
                    layer is null ? BucketSet.Everybody : first is null ? held.Lowest(step.Coverage) : held.Lowest(step.Coverage, first));
            }),
        ];
    }

    /// <summary>The step that a decision at this time is made by.</summary>
    public static SplitStage At(this IReadOnlyList<SplitStage> stages, DateTimeOffset time) =>
        stages.Last(stage => stage.From is null || stage.From <= time);

    public static BucketSet HeldBy(LayerDefinition layer, Guid ownerId) =>
        SetOf(layer.Claims.Where(claim => claim.OwnerId == ownerId).SelectMany(static claim => claim.Ranges));

    public static BucketSet SetOf(IEnumerable<BucketRangeDefinition> ranges) =>
        BucketSet.From(ranges.Select(static range => BucketRange.Inclusive(range.RangeStart, range.RangeEnd)));

    public static BucketMap MapOf(IEnumerable<AllocationDefinition> allocations) => BucketMap.From(allocations.Select(static allocation =>
        new VariantRange(allocation.VariantId, BucketRange.Inclusive(allocation.RangeStart, allocation.RangeEnd))));
}
