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
        bool isMoved = before.Status == ExperimentStatus.Running && after.Status == ExperimentStatus.Running
            && (!before.Allocations.SequenceEqual(after.Allocations) || before.Split != after.Split);
        return !isMoved ? 0 : SplitPreview.Compare(
            SituationOf(before.Split, before.Allocations, layerBefore, before.Id, now),
            SituationOf(after.Split, after.Allocations, layerAfter, after.Id, now)).MovedShare;
    }

    /// <summary>Of the rule that moves most, while the flag is enabled.</summary>
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
            .Select(former => (Former: former, Next: after.Rules.FirstOrDefault(rule => rule.Id == former.Id)?.Split))
            .Where(static rule => rule.Next is not null)
            .Select(rule => SplitPreview.Compare(
                SituationOf(rule.Former.Split!.Weights, rule.Former.Split.Allocations, layerBefore, rule.Former.Id, now),
                SituationOf(rule.Next!.Weights, rule.Next.Allocations, layerAfter, rule.Former.Id, now)).MovedShare)
            .DefaultIfEmpty().Max();
    }

    private static bool IsServed(FlagDefinition flag) => flag is { IsEnabled: true, IsArchived: false };

    private static SplitSituation SituationOf(
        SplitDefinition? split,
        IReadOnlyList<AllocationDefinition> allocations,
        Func<Guid, LayerDefinition?> layerOf,
        Guid ownerId,
        DateTimeOffset now) =>
        SplitSituations.Of(split, allocations, split?.LayerId is { } id ? layerOf(id) : null, ownerId, now);
}
