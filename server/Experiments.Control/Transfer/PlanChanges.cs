using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;

namespace Experiments.Control.Transfer;

/// <summary>What a plan changes, in words: all that decides, and the texts that people read.</summary>
internal sealed class PlanChanges
{
    private readonly List<Change> _changes;

    private PlanChanges(List<Change> changes) => _changes = changes;

    /// <param name="planned">The plan.</param>
    /// <param name="isLive">Whether anything changes that snapshots hold.</param>
    public static IReadOnlyList<Change> Of(PlannedState planned, out bool isLive)
    {
        List<Change> changes = [.. EnvironmentDifference.Between(planned.Before.Content, planned.Content)];
        HashSet<Guid> live =
        [
            .. planned.Experiments.Stored.Concat(planned.Experiments.All).Where(static one => one.Status == ExperimentStatus.Running).Select(static one => one.Id),
            .. planned.Flags.Stored.Concat(planned.Flags.All).Where(static one => !one.IsArchived).Select(static one => one.Id),
        ];
        isLive = changes.Exists(change => change.Kind is not (ChangeKind.Experiment or ChangeKind.Flag) || live.Contains(change.Id));
        var texts = new PlanChanges(changes);
        texts.AddTexts(planned);

        // Those of one resource together, in the order in which kinds are listed.
        return [.. changes.GroupBy(static change => (change.Kind, change.Id)).OrderBy(static group => group.Key.Kind).SelectMany(static group => group)];
    }

    private void AddTexts(PlannedState planned)
    {
        HashSet<Guid> listed = [.. _changes.Select(static change => change.Id)];
        foreach ((ExperimentDefinition before, ExperimentDefinition after) in Changed(planned.Experiments))
        {
            ChangeScope scope = ChangeScope.Of(_changes, ChangeKind.Experiment, after.Id, after.Key);
            int count = scope.Count;
            AddText(scope, "name", before.Name, after.Name);
            AddText(scope, "description", before.Description, after.Description);
            AddVariantNames(
                scope, before.Variants.Select(static one => (one.Key, (string?)one.Name)), after.Variants.Select(static one => (one.Key, (string?)one.Name)));
            AddRest(scope, count, listed.Contains(after.Id));
        }

        foreach ((FlagDefinition before, FlagDefinition after) in Changed(planned.Flags))
        {
            ChangeScope scope = ChangeScope.Of(_changes, ChangeKind.Flag, after.Id, after.Key);
            int count = scope.Count;
            AddText(scope, "name", before.Name, after.Name);
            AddText(scope, "description", before.Description, after.Description);
            AddSchema(scope, before.Schema, after.Schema);
            AddVariantNames(scope, before.Variants.Select(static one => (one.Key, one.Name)), after.Variants.Select(static one => (one.Key, one.Name)));
            AddRest(scope, count, listed.Contains(after.Id));
        }
    }

    private static void AddText(ChangeScope scope, string name, string? before, string? after)
    {
        if (before != after)
        {
            scope.Changed(name, name, TextOf(before), TextOf(after), ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }

    private static void AddSchema(ChangeScope scope, JsonElement? before, JsonElement? after)
    {
        if (!RawJson.AreSame(before.GetValueOrDefault(), after.GetValueOrDefault()))
        {
            string text = before is null ? "schema added" : after is null ? "schema removed" : "schema changed";
            scope.Changed("schema", text, before, after);
        }
    }

    private static void AddVariantNames(ChangeScope scope, IEnumerable<(string Key, string? Name)> before, IEnumerable<(string Key, string? Name)> after)
    {
        Dictionary<string, string?> names = before.ToDictionary(static one => one.Key, static one => one.Name, StringComparer.Ordinal);
        foreach ((int index, (string key, string? name)) in after.Index())
        {
            if (names.TryGetValue(key, out string? former))
            {
                AddText(scope.Within($"variants[{index}]", $"variant {TextList.Quote(key)}"), "name", former, name);
            }
        }
    }

    /// <summary>Nothing is stored of which nothing is said.</summary>
    private static void AddRest(ChangeScope scope, int countBefore, bool isListed)
    {
        if (!isListed && scope.Count == countBefore)
        {
            scope.Changed("", "an order that decides nothing", before: null, after: null);
        }
    }

    private static IEnumerable<(T Before, T After)> Changed<T>(PlannedSet<T> set)
        where T : class, IDefinition => set.Stored
        .Select(before => (before, set.Find(before.Id)!)).Where(static pair => pair.Item2 is not null && !ReferenceEquals(pair.before, pair.Item2));

    private static string TextOf(string? text) => text is null ? "none" : TextList.Quote(text);
}
