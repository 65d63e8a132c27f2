using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What changed inside a rule of a flag.</summary>
internal static class FlagRuleChanges
{
    public static void Add(ChangeScope scope, FlagRuleDefinition before, FlagRuleDefinition after, PartContext context)
    {
        ContentPair contents = context.Contents;
        SimpleChanges.AddReference(
            scope, "audience", contents.Audiences.AreSame(before.AudienceId, after.AudienceId),
            contents.BeforeNames.AudienceOf(before.AudienceId), contents.AfterNames.AudienceOf(after.AudienceId));
        TargetingChanges.Add(scope, "targetingRules", before.TargetingRules, after.TargetingRules);
        SimpleChanges.AddSchedule(scope, before.Schedule, after.Schedule);
        PrerequisiteChanges.Add(scope, before.Prerequisites, after.Prerequisites);
        if (before.Split is { } old && after.Split is { } now)
        {
            AddSplit(scope, old, now, context);
        }
        else if (!ServeSame(before, after, context))
        {
            scope.Changed(
                "serves",
                $"{FlagRuleText.ServesOf(after, context.After, contents.AfterNames)}, before: "
                    + FlagRuleText.ServesOf(before, context.Before, contents.BeforeNames),
                ChangeJson.Of(PartJson.Serves(before, context.Before, contents.BeforeNames)),
                ChangeJson.Of(PartJson.Serves(after, context.After, contents.AfterNames)));
        }
    }

    private static bool ServeSame(FlagRuleDefinition before, FlagRuleDefinition after, PartContext context) =>
        before.Split is null && after.Split is null
        && context.IsSameVariant(before.VariantId, after.VariantId)
        && context.Contents.Experiments.AreSame(before.ExperimentId, after.ExperimentId);

    private static void AddSplit(ChangeScope scope, RuleSplitDefinition before, RuleSplitDefinition after, PartContext context)
    {
        int count = scope.Count;
        SplitChanges.Add(scope, "split", before.Weights, after.Weights, context);

        // Ranges follow from a split: once is enough.
        if (count == scope.Count)
        {
            SplitChanges.AddAllocations(scope, "split.allocations", before.Allocations, after.Allocations, context);
        }

        SimpleChanges.AddUnit(scope, "split.unit", before.Unit, after.Unit);
        SimpleChanges.AddSalt(scope, "split.salt", before.Salt, after.Salt);
    }
}
