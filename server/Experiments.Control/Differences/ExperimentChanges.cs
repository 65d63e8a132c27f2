using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What changed of an experiment.</summary>
internal static class ExperimentChanges
{
    public static string SummaryOf(ExperimentDefinition experiment)
    {
        string[] shares = [.. experiment.Variants.Select(variant =>
            $"{TextList.Quote(variant.Key)} {ShareText.Of(BucketsOf(experiment, variant))}")];
        return shares.Length == 0 ? "" : $" ({TextList.Join(shares, ", ")})";
    }

    public static void Add(ChangeScope scope, ExperimentDefinition before, ExperimentDefinition after, ContentPair contents)
    {
        Pairing<VariantDefinition> variants = new Pairing<VariantDefinition>(before.Variants, after.Variants, static variant => variant.Id)
            .PairBy(static variant => variant.Key, static variant => variant.Key);
        var context = new PartContext(contents, new VariantNames(before), new VariantNames(after), variants.AreSame);
        if (before.Status != after.Status)
        {
            string old = ExperimentLifecycle.NameOf(before.Status);
            string now = ExperimentLifecycle.NameOf(after.Status);
            scope.Changed("status", "status", old, now, ChangeJson.Of(old), ChangeJson.Of(now));
        }

        SimpleChanges.AddSalt(scope, "salt", before.Salt, after.Salt);
        SimpleChanges.AddUnit(scope, "unit", before.Unit, after.Unit);
        SimpleChanges.AddReference(
            scope, "audience", contents.Audiences.AreSame(before.AudienceId, after.AudienceId),
            contents.BeforeNames.AudienceOf(before.AudienceId), contents.AfterNames.AudienceOf(after.AudienceId));
        TargetingChanges.Add(scope, "targetingRules", before.TargetingRules, after.TargetingRules);
        SimpleChanges.AddSchedule(scope, before.Schedule, after.Schedule);
        PrerequisiteChanges.Add(scope, before.Prerequisites, after.Prerequisites);
        AddVariants(scope, variants, after);
        AddSplit(scope, before, after, context);
        OverrideChanges.Add(scope, before.Overrides, after.Overrides, context);
        SimpleChanges.AddTags(scope, before.Tags, after.Tags);
    }

    private static void AddSplit(ChangeScope scope, ExperimentDefinition before, ExperimentDefinition after, PartContext context)
    {
        int count = scope.Count;
        if (before.Split is not null && after.Split is not null)
        {
            SplitChanges.Add(scope, "split", before.Split, after.Split, context);
        }
        else if (before.Split is not null || after.Split is not null)
        {
            string text = after.Split is { } split
                ? SplitText.Of(split, context.After, context.Contents.AfterNames)
                : "bucket ranges are given by hand, no longer by weights";
            scope.Changed(
                "split", text, ChangeJson.Of(PartJson.Of(before.Split, context.Before, context.Contents.BeforeNames)),
                ChangeJson.Of(PartJson.Of(after.Split, context.After, context.Contents.AfterNames)));
        }

        // Ranges follow from a split: once is enough.
        if (count == scope.Count || after.Split is null)
        {
            SplitChanges.AddAllocations(scope, "allocations", before.Allocations, after.Allocations, context);
        }
    }

    private static void AddVariants(ChangeScope scope, Pairing<VariantDefinition> pairing, ExperimentDefinition after)
    {
        foreach ((int index, (VariantDefinition now, int beforeIndex)) in pairing.AllAfter.Index())
        {
            string name = $"variant {TextList.Quote(now.Key)}";
            if (beforeIndex < 0)
            {
                string text = $"{name} was added (gets {TextList.Number(BucketsOf(after, now))} of 10,000 buckets)";
                scope.Changed($"variants[{index}]", text, before: null, ChangeJson.Of(ResourceJson.Of(now)));
                continue;
            }

            VariantDefinition old = pairing.Before[beforeIndex];
            ChangeScope within = scope.Within($"variants[{index}]", name);
            SimpleChanges.AddRename(within, "key", old.Key, now.Key);
            ValueChanges.Add(within, "payload", old.Payload.GetValueOrDefault(), now.Payload.GetValueOrDefault());
        }

        foreach (int index in pairing.Removed)
        {
            VariantDefinition old = pairing.Before[index];
            scope.Changed(
                $"variants[{index}]", $"variant {TextList.Quote(old.Key)} was removed", ChangeJson.Of(ResourceJson.Of(old)), after: null);
        }
    }

    private static int BucketsOf(ExperimentDefinition experiment, VariantDefinition variant) => experiment.Allocations
        .Where(allocation => allocation.VariantId == variant.Id)
        .Sum(static allocation => allocation.RangeEnd - allocation.RangeStart + 1);
}
