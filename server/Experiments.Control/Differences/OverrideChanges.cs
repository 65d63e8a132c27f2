using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Variants set by hand: a few are named, many are counted.</summary>
internal static class OverrideChanges
{
    private const int MaxNamed = 3;

    public static void Add(
        ChangeScope scope, IReadOnlyList<OverrideDefinition> before, IReadOnlyList<OverrideDefinition> after, PartContext context)
    {
        if (before.Count == 0 && after.Count == 0)
        {
            return;
        }

        Pairing<OverrideDefinition> pairing = new Pairing<OverrideDefinition>(before, after, static _ => Guid.Empty, isById: false)
            .PairBy(static one => one.UserKey, static one => one.UserKey);
        OverrideDefinition[] added = [.. pairing.Added.Select(index => after[index])];
        OverrideDefinition[] removed = [.. pairing.Removed.Select(index => before[index])];
        (OverrideDefinition Old, OverrideDefinition Now)[] changed =
        [
            .. pairing.Pairs.Select(pair => (Old: before[pair.Before], Now: after[pair.After]))
                .Where(pair => !context.IsSameVariant(pair.Old.VariantId, pair.Now.VariantId)),
        ];
        if (added.Length + removed.Length + changed.Length == 0)
        {
            return;
        }

        string text = added.Length + removed.Length + changed.Length <= MaxNamed
            ? NamesOf(added, changed, removed, context)
            : CountsOf(added.Length, changed.Length, removed.Length);
        scope.Changed(
            "overrides",
            text,
            ChangeJson.Of(PartJson.Of(removed.Concat(changed.Select(static pair => pair.Old)), context.Before)),
            ChangeJson.Of(PartJson.Of(added.Concat(changed.Select(static pair => pair.Now)), context.After)));
    }

    private static string NamesOf(
        OverrideDefinition[] added, (OverrideDefinition Old, OverrideDefinition Now)[] changed, OverrideDefinition[] removed, PartContext context)
    {
        IEnumerable<string> texts =
        [
            .. added.Select(one => $"user {TextList.Quote(one.UserKey)} is set to {context.After.TextOf(one.VariantId)}"),
            .. changed.Select(pair => $"user {TextList.Quote(pair.Now.UserKey)} is set to {context.After.TextOf(pair.Now.VariantId)}"
                + $" instead of {context.Before.TextOf(pair.Old.VariantId)}"),
            .. removed.Select(one => $"user {TextList.Quote(one.UserKey)} is no longer set to {context.Before.TextOf(one.VariantId)}"),
        ];
        return string.Join(", ", texts);
    }

    private static string CountsOf(int added, int changed, int removed)
    {
        IEnumerable<string> texts = new[] { (added, "added"), (changed, "changed"), (removed, "removed") }
            .Where(static part => part.Item1 > 0)
            .Select(static part => $"{TextList.Number(part.Item1)} {part.Item2}");
        return $"overrides of users: {string.Join(", ", texts)}";
    }
}
