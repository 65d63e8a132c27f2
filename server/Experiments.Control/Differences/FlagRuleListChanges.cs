using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Rules that came, went or moved; each is said once.</summary>
internal static class FlagRuleListChanges
{
    public static void Add(ChangeScope scope, FlagDefinition before, FlagDefinition after, PartContext context)
    {
        if (before.Rules.Count == 0 && after.Rules.Count == 0)
        {
            return;
        }

        Pairing<FlagRuleDefinition> pairing = Paired(before, after, context);
        AddMoves(scope, pairing);
        foreach ((int index, (FlagRuleDefinition now, int beforeIndex)) in pairing.AllAfter.Index())
        {
            string name = FlagWords.RuleOf(index, now);
            string path = $"rules[{index}]";
            if (beforeIndex >= 0)
            {
                FlagRuleChanges.Add(scope.Within(path, name), pairing.Before[beforeIndex], now, context);
                continue;
            }

            string text = $"{name} was added: {FlagRuleText.Of(now, context.After, context.Contents.AfterNames)}";
            scope.Changed(path, text, before: null, ChangeJson.Of(PartJson.Of(now, context.After, context.Contents.AfterNames)));
        }

        foreach (int index in pairing.Removed)
        {
            FlagRuleDefinition old = pairing.Before[index];
            scope.Changed(
                $"rules[{index}]", $"{FlagWords.RuleOf(index, old)} was removed",
                ChangeJson.Of(PartJson.Of(old, context.Before, context.Contents.BeforeNames)), after: null);
        }
    }

    private static Pairing<FlagRuleDefinition> Paired(FlagDefinition before, FlagDefinition after, PartContext context)
    {
        // An imported rule has another id: it is the one that says the same, or has the same name.
        Pairing<FlagRuleDefinition> pairing = new Pairing<FlagRuleDefinition>(before.Rules, after.Rules, static rule => rule.Id)
            .PairBy(
                rule => ChangeJson.TextOf(PartJson.Of(rule, context.Before, context.Contents.BeforeNames)),
                rule => ChangeJson.TextOf(PartJson.Of(rule, context.After, context.Contents.AfterNames)))
            .PairBy(static rule => rule.Name, static rule => rule.Name);
        if (before.Id != after.Id)
        {
            pairing.PairByIndex();
        }

        return pairing;
    }

    private static void AddMoves(ChangeScope scope, Pairing<FlagRuleDefinition> pairing)
    {
        (int Before, int After)[] pairs = [.. pairing.Pairs];
        bool[] stayed = LongestRun.Of([.. pairs.Select(static pair => pair.Before)]);
        foreach ((int before, int after) in pairs.Where((_, position) => !stayed[position]))
        {
            string text = pairing.After[after].Name is { } name
                ? $"rule {TextList.Quote(name)} moved from {TextList.Number(before + 1)} to {TextList.Number(after + 1)}"
                : $"rule {TextList.Number(before + 1)} moved to {TextList.Number(after + 1)}";
            scope.Changed($"rules[{after}]", text, ChangeJson.Of(before), ChangeJson.Of(after));
        }
    }
}
