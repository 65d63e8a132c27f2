using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What differs between two contents of an environment: between versions, or between what is live and what would be.</summary>
/// <remarks>
/// Resources are the same by id, else by key: an imported one has another id and is changed, not removed and added. Ids, times, counters,
/// names and descriptions of what has a key, and orders that decide nothing are no changes: they are in no decision.
/// </remarks>
internal static class EnvironmentDifference
{
    /// <summary>By kind, and in it those that are still there in their order, then the removed ones.</summary>
    public static IReadOnlyList<Change> Between(EnvironmentContent before, EnvironmentContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<Change> changes = [];
        if (ReferenceEquals(before, after))
        {
            return changes;
        }

        var contents = new ContentPair(before, after);
        Add(
            changes, ChangeKind.Audience, contents.Audiences, static audience => audience.Name,
            (audience, _) => ResourceJson.Of(audience), static audience => $": {RuleText.Of(audience.Rules)}", AudienceChanges.Add);
        Add(
            changes, ChangeKind.Experiment, contents.Experiments, static experiment => experiment.Key,
            (experiment, isAfter) => ResourceJson.Of(experiment, Names(contents, isAfter)), ExperimentChanges.SummaryOf,
            (scope, old, now) => ExperimentChanges.Add(scope, old, now, contents));
        Add(
            changes, ChangeKind.Flag, contents.Flags, static flag => flag.Key,
            (flag, isAfter) => ResourceJson.Of(flag, Names(contents, isAfter)), static flag => $" ({FlagWords.SummaryOf(flag)})",
            (scope, old, now) => FlagChanges.Add(scope, old, now, contents));
        Add(
            changes, ChangeKind.Layer, contents.Layers, static layer => layer.Name,
            (layer, _) => ResourceJson.Of(layer), LayerChanges.SummaryOf, LayerChanges.Add);
        Add(
            changes, ChangeKind.Holdout, contents.Holdouts, static holdout => holdout.Name,
            (holdout, _) => ResourceJson.Of(holdout), HoldoutChanges.SummaryOf, HoldoutChanges.Add);
        return changes;
    }

    private static ContentNames Names(ContentPair contents, bool isAfter) => isAfter ? contents.AfterNames : contents.BeforeNames;

    private static void Add<T>(
        List<Change> changes,
        ChangeKind kind,
        Pairing<T> pairing,
        Func<T, string> keyOf,
        Func<T, bool, JsonObject> jsonOf,
        Func<T, string> summaryOf,
        Action<ChangeScope, T, T> compare)
        where T : class, IDefinition
    {
        foreach ((T now, int beforeIndex) in pairing.AllAfter)
        {
            ChangeScope scope = ChangeScope.Of(changes, kind, now.Id, keyOf(now));
            T? old = beforeIndex < 0 ? null : pairing.Before[beforeIndex];
            if (old is null)
            {
                scope.Added(summaryOf(now), ChangeJson.Of(jsonOf(now, true)));
            }
            else if (!ReferenceEquals(old, now))
            {
                string member = kind is ChangeKind.Experiment or ChangeKind.Flag ? "key" : "name";
                SimpleChanges.AddRename(scope, member, keyOf(old), keyOf(now));
                compare(scope, old, now);
            }
        }

        foreach (T old in pairing.Removed.Select(index => pairing.Before[index]))
        {
            JsonElement? before = ChangeJson.Of(jsonOf(old, false));
            ChangeScope.Of(changes, kind, old.Id, keyOf(old)).Removed(before);
        }
    }
}
