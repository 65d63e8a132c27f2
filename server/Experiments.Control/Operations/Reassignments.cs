using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>Shares of all users who had a variant and have another now, or none, by a change of what is live.</summary>
internal static class Reassignments
{
    /// <summary>Of those who are in a running experiment; what a pause or the end of it does is meant.</summary>
    /// <param name="before">As it was.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="layerBefore">By id, as layers were.</param>
    /// <param name="layerAfter">By id, as they are to be.</param>
    /// <param name="now">The step of a ramp that counts.</param>
    public static decimal ShareOf(
        ExperimentDefinition before,
        ExperimentDefinition after,
        Func<Guid, LayerDefinition?> layerBefore,
        Func<Guid, LayerDefinition?> layerAfter,
        DateTimeOffset now)
    {
        bool isRunning = before.Status == ExperimentStatus.Running && after.Status == ExperimentStatus.Running;
        return !isRunning ? 0 : SplitPreview.Compare(
            SituationOf(before.Split, before.Allocations, layerBefore, SplitSituations.OwnerOf(before, before.Unit), now),
            SituationOf(after.Split, after.Allocations, layerAfter, SplitSituations.OwnerOf(after, after.Unit), now)).MovedShare;
    }

    /// <summary>Of the rule that moves most, while the flag is enabled; whoever was in the split of a rule that goes is moved.</summary>
    /// <inheritdoc cref="ShareOf(ExperimentDefinition, ExperimentDefinition, Func{Guid, LayerDefinition}, Func{Guid, LayerDefinition}, DateTimeOffset)"/>
    public static decimal ShareOf(
        FlagDefinition before,
        FlagDefinition after,
        Func<Guid, LayerDefinition?> layerBefore,
        Func<Guid, LayerDefinition?> layerAfter,
        DateTimeOffset now)
    {
        if (!IsServed(before) || !IsServed(after))
        {
            return 0;
        }

        return before.Rules.Where(static rule => rule.Split is not null)
            .Select(former => SplitPreview.Compare(
                SituationOf(former, former.Split!, layerBefore, now),
                SituationOf(former, after.Rules.FirstOrDefault(rule => rule.Id == former.Id), layerAfter, now)).MovedShare)
            .DefaultIfEmpty().Max();
    }

    /// <param name="former">The rule as it was.</param>
    /// <param name="rule">As it is to be; null where it goes.</param>
    /// <param name="layerOf">By id.</param>
    /// <param name="now">The step of a ramp that counts.</param>
    private static SplitSituation SituationOf(
        FlagRuleDefinition former, FlagRuleDefinition? rule, Func<Guid, LayerDefinition?> layerOf, DateTimeOffset now) => rule switch
    {
        { Split: { } split } => SituationOf(former, split, layerOf, now),

        // Everybody who was in the split gets the one variant.
        { VariantId: { } variantId } => new SplitSituation(
            BucketMap.From([new VariantRange(variantId, new BucketRange(0, BucketRange.BucketCount))])),
        _ => new SplitSituation(BucketMap.Empty),
    };

    private static SplitSituation SituationOf(
        FlagRuleDefinition rule, RuleSplitDefinition split, Func<Guid, LayerDefinition?> layerOf, DateTimeOffset now) =>
        SituationOf(split.Weights, split.Allocations, layerOf, SplitSituations.OwnerOf(rule.Id, split), now);

    private static bool IsServed(FlagDefinition flag) => flag is { IsEnabled: true, IsArchived: false };

    private static SplitSituation SituationOf(
        SplitDefinition? split,
        IReadOnlyList<AllocationDefinition> allocations,
        Func<Guid, LayerDefinition?> layerOf,
        (Guid Id, string Hash) owner,
        DateTimeOffset now) =>
        SplitSituations.Of(split, allocations, split?.LayerId is { } id ? layerOf(id) : null, owner, now);
}
