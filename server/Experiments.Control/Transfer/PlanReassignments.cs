using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Transfer;

/// <summary>What a plan moves of those who are assigned.</summary>
internal static class PlanReassignments
{
    /// <summary>Experiments and flags that move somebody, with the share of all users.</summary>
    public static IEnumerable<(Guid Id, decimal Share)> Of(PlannedState planned, DateTimeOffset now)
    {
        Dictionary<Guid, LayerDefinition> layers = planned.Layers.Stored.ToDictionary(static layer => layer.Id);
        HashSet<Guid?> otherLayers =
        [
            .. planned.Layers.Stored.Where(layer => planned.Layers.Find(layer.Id) is { } after && (after.Salt != layer.Salt || after.Unit != layer.Unit))
                .Select(static layer => (Guid?)layer.Id),
        ];
        IEnumerable<(Guid Id, decimal Share)> shares =
        [
            .. Pairs(planned.Experiments, one => otherLayers.Contains(one.Split?.LayerId))
                .Select(pair => (pair.After.Id, Reassignments.ShareOf(pair.Before, pair.After, layers.GetValueOrDefault, planned.Layers.Find, now))),
            .. Pairs(planned.Flags, one => one.Rules.Any(rule => otherLayers.Contains(rule.Split?.Weights.LayerId)))
                .Select(pair => (pair.After.Id, Reassignments.ShareOf(pair.Before, pair.After, layers.GetValueOrDefault, planned.Layers.Find, now))),
        ];
        return shares.Where(static one => one.Share > 0);
    }

    /// <summary>Those that the plan changes, and those that are moved though they stay as they are.</summary>
    private static IEnumerable<(T Before, T After)> Pairs<T>(PlannedSet<T> set, Func<T, bool> isMoved)
        where T : class, IDefinition => set.Stored.Select(stored => (stored, set.Find(stored.Id)!))
        .Where(pair => pair.Item2 is not null && (!ReferenceEquals(pair.stored, pair.Item2) || isMoved(pair.stored)));
}
