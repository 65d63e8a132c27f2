using System.Numerics;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Weights, coverage, ramp and layer of a split, and the buckets that come out of them.</summary>
internal static class SplitChanges
{
    public static void Add(ChangeScope scope, string path, SplitDefinition before, SplitDefinition after, PartContext context)
    {
        if (!HaveSameWeights(before, after, context))
        {
            scope.Changed(
                path + ".weights", WeightsText(before, after, context),
                ChangeJson.Of(PartJson.Weights(before, context.Before)), ChangeJson.Of(PartJson.Weights(after, context.After)));
        }

        if (before.Coverage != after.Coverage)
        {
            scope.Changed(
                path + ".coverage", "coverage", ShareText.Of(before.Coverage), ShareText.Of(after.Coverage),
                ChangeJson.Of(before.Coverage), ChangeJson.Of(after.Coverage));
        }

        if (!before.Ramp.Select(StepOf).SequenceEqual(after.Ramp.Select(StepOf)))
        {
            scope.Changed(
                path + ".ramp", "ramp", SplitText.RampOf(before.Ramp), SplitText.RampOf(after.Ramp),
                ChangeJson.Of(PartJson.Of(before.Ramp)), ChangeJson.Of(PartJson.Of(after.Ramp)));
        }

        SimpleChanges.AddReference(
            scope, "layer", context.Contents.Layers.AreSame(before.LayerId, after.LayerId),
            context.Contents.BeforeNames.LayerOf(before.LayerId), context.Contents.AfterNames.LayerOf(after.LayerId), path + ".layer");
    }

    /// <summary>Ranges that were given as such, or that moved although the split stayed.</summary>
    public static void AddAllocations(
        ChangeScope scope,
        string path,
        IReadOnlyList<AllocationDefinition> before,
        IReadOnlyList<AllocationDefinition> after,
        PartContext context)
    {
        if (BucketsOf(before, id => context.Before.KeyOf(id)) == BucketsOf(after, id => AfterKey(id, before, context)))
        {
            return;
        }

        string[] shares = [.. SharesText(before, after, context)];
        scope.Changed(
            path,
            shares.Length > 0 ? $"allocation {TextList.Join(shares, ", ")}" : "bucket ranges changed; the variants' shares stay",
            ChangeJson.Of(PartJson.Of(before, context.Before)),
            ChangeJson.Of(PartJson.Of(after, context.After)));
    }

    private static string BucketsOf(IReadOnlyList<AllocationDefinition> allocations, Func<Guid, string> keyOf) =>
        BucketRanges.Merge(allocations.Select(one => (one.RangeStart, one.RangeEnd, keyOf(one.VariantId))));

    // A renamed variant keeps its buckets: it is called as before.
    private static string AfterKey(Guid id, IReadOnlyList<AllocationDefinition> before, PartContext context) =>
        before.FirstOrDefault(one => context.IsSameVariant(one.VariantId, id)) is { } same
            ? context.Before.KeyOf(same.VariantId)
            : context.After.KeyOf(id);

    private static IEnumerable<string> SharesText(
        IReadOnlyList<AllocationDefinition> before, IReadOnlyList<AllocationDefinition> after, PartContext context)
    {
        Dictionary<string, int> old = SharesOf(before, id => context.Before.KeyOf(id));
        Dictionary<string, int> now = SharesOf(after, id => AfterKey(id, before, context));
        return old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key =>
                $"{TextList.Quote(key)} {ShareText.Of(old.GetValueOrDefault(key))} -> {ShareText.Of(now.GetValueOrDefault(key))}");
    }

    private static Dictionary<string, int> SharesOf(IReadOnlyList<AllocationDefinition> allocations, Func<Guid, string> keyOf) => allocations
        .GroupBy(one => keyOf(one.VariantId), StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Sum(static one => one.RangeEnd - one.RangeStart + 1), StringComparer.Ordinal);

    private static (DateTimeOffset At, int Coverage) StepOf(RampStepDefinition step) => (step.At, step.Coverage);

    // 1:1 is the same as 50:50.
    private static bool HaveSameWeights(SplitDefinition before, SplitDefinition after, PartContext context) =>
        HaveSameVariants(before, after, context)
        && Divided(before).SequenceEqual(Divided(after));

    private static bool HaveSameVariants(SplitDefinition before, SplitDefinition after, PartContext context) =>
        before.Weights.Count == after.Weights.Count
        && before.Weights.Zip(after.Weights).All(pair => context.IsSameVariant(pair.First.VariantId, pair.Second.VariantId));

    private static IEnumerable<long> Divided(SplitDefinition split)
    {
        BigInteger divisor = BigInteger.Max(
            1, split.Weights.Aggregate(BigInteger.Zero, static (all, one) => BigInteger.GreatestCommonDivisor(all, one.Weight)));
        return split.Weights.Select(weight => (long)(weight.Weight / divisor));
    }

    private static string WeightsText(SplitDefinition before, SplitDefinition after, PartContext context) =>
        HaveSameVariants(before, after, context)
            ? $"weights of {SplitText.VariantsOf(after, context.After, " to ")} changed from {SplitText.RatioOf(before)} to {SplitText.RatioOf(after)}"
            : $"weights {SplitText.WeightsOf(before, context.Before)} -> {SplitText.WeightsOf(after, context.After)}";
}
