using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Which other flags have to serve what; neither their order nor that of their variants counts.</summary>
internal static class PrerequisiteChanges
{
    public static string TextOf(PrerequisiteDefinition prerequisite, string verb) =>
        $"flag {TextList.Quote(prerequisite.FlagKey)} {verb} {VariantsOf(prerequisite)}";

    public static void Add(ChangeScope scope, IReadOnlyList<PrerequisiteDefinition> before, IReadOnlyList<PrerequisiteDefinition> after)
    {
        if (before.Count == 0 && after.Count == 0)
        {
            return;
        }

        // They have no ids: all of them together first, then each flag's by itself.
        Pairing<PrerequisiteDefinition> pairing = new Pairing<PrerequisiteDefinition>(before, after, static _ => Guid.Empty, isById: false)
            .PairBy(IdentityOf, IdentityOf)
            .PairBy(static one => one.FlagKey, static one => one.FlagKey);
        foreach ((int old, int now) in pairing.Pairs.Where(pair => IdentityOf(before[pair.Before]) != IdentityOf(after[pair.After])))
        {
            scope.Changed(
                $"prerequisites[{now}]",
                $"{TextOf(after[now], "must serve")} instead of {VariantsOf(before[old])}",
                ChangeJson.Of(PartJson.Of([before[old]])[0]),
                ChangeJson.Of(PartJson.Of([after[now]])[0]));
        }

        foreach (int index in pairing.Added)
        {
            string text = $"{TextOf(after[index], "must serve")} (prerequisite added)";
            scope.Changed($"prerequisites[{index}]", text, before: null, ChangeJson.Of(PartJson.Of([after[index]])[0]));
        }

        foreach (int index in pairing.Removed)
        {
            string text = $"{TextOf(before[index], "no longer has to serve")} (prerequisite removed)";
            scope.Changed($"prerequisites[{index}]", text, ChangeJson.Of(PartJson.Of([before[index]])[0]), after: null);
        }
    }

    private static string VariantsOf(PrerequisiteDefinition prerequisite) =>
        TextList.Join([.. prerequisite.Variants.Select(TextList.Quote)], " or ");

    // Keys hold no line breaks.
    private static string IdentityOf(PrerequisiteDefinition prerequisite) =>
        string.Join('\n', prerequisite.Variants.Order(StringComparer.Ordinal).Prepend(prerequisite.FlagKey));
}
