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
        IEnumerable<(Guid Id, decimal Share)> shares =
        [
            .. Pairs(planned.Experiments)
                .Select(pair => (pair.After.Id, Reassignments.ShareOf(pair.Before, pair.After, layers.GetValueOrDefault, planned.Layers.Find, now))),
            .. Pairs(planned.Flags)
                .Select(pair => (pair.After.Id, Reassignments.ShareOf(pair.Before, pair.After, layers.GetValueOrDefault, planned.Layers.Find, now))),
        ];
        return shares.Where(static one => one.Share > 0);
    }

    private static IEnumerable<(T Before, T After)> Pairs<T>(PlannedSet<T> set)
        where T : class, IDefinition =>
        set.Stored.Select(stored => (stored, set.Find(stored.Id)!)).Where(static pair => pair.Item2 is not null && !ReferenceEquals(pair.stored, pair.Item2));
}
