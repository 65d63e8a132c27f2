using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What changed of a flag, apart from its rules.</summary>
internal static class FlagChanges
{
    public static void Add(ChangeScope scope, FlagDefinition before, FlagDefinition after, ContentPair contents)
    {
        Pairing<FlagVariantDefinition> variants = new Pairing<FlagVariantDefinition>(before.Variants, after.Variants, static one => one.Id)
            .PairBy(static variant => variant.Key, static variant => variant.Key);
        var context = new PartContext(contents, new VariantNames(before), new VariantNames(after), variants.AreSame);
        AddState(scope, before, after);
        AddVariant(scope, "offVariant", "variant while off", before.OffVariantId, after.OffVariantId, context);
        AddVariant(scope, "defaultVariant", "default variant", before.DefaultVariantId, after.DefaultVariantId, context);
        AddVariants(scope, variants);
        FlagRuleListChanges.Add(scope, before, after, context);
        OverrideChanges.Add(scope, before.Overrides, after.Overrides, context);
        SimpleChanges.AddTags(scope, before.Tags, after.Tags);
    }

    private static void AddState(ChangeScope scope, FlagDefinition before, FlagDefinition after)
    {
        if (before.IsArchived != after.IsArchived)
        {
            string text = after.IsArchived ? "archived" : "no longer archived";
            scope.Changed("isArchived", text, ChangeJson.Of(before.IsArchived), ChangeJson.Of(after.IsArchived));
        }

        if (before.IsEnabled != after.IsEnabled)
        {
            string text = after.IsEnabled ? "turned on" : "turned off";
            scope.Changed("isEnabled", text, ChangeJson.Of(before.IsEnabled), ChangeJson.Of(after.IsEnabled));
        }

        if (before.Type != after.Type)
        {
            string old = FlagWords.TypeOf(before.Type);
            string now = FlagWords.TypeOf(after.Type);
            scope.Changed("type", "type", old, now, ChangeJson.Of(old), ChangeJson.Of(now));
        }
    }

    private static void AddVariant(ChangeScope scope, string path, string name, Guid? before, Guid? after, PartContext context)
    {
        if (!context.IsSameVariant(before, after))
        {
            scope.Changed(
                path, name, context.Before.TextOf(before), context.After.TextOf(after),
                ChangeJson.Of(before is { } old ? context.Before.KeyOf(old) : null),
                ChangeJson.Of(after is { } now ? context.After.KeyOf(now) : null));
        }
    }

    private static void AddVariants(ChangeScope scope, Pairing<FlagVariantDefinition> pairing)
    {
        foreach ((int index, (FlagVariantDefinition now, int beforeIndex)) in pairing.AllAfter.Index())
        {
            string name = $"variant {TextList.Quote(now.Key)}";
            if (beforeIndex < 0)
            {
                string text = $"{name} was added (value {ValueText.Of(now.Value)})";
                scope.Changed($"variants[{index}]", text, before: null, ChangeJson.Of(ResourceJson.Of(now)));
                continue;
            }

            FlagVariantDefinition old = pairing.Before[beforeIndex];
            ChangeScope within = scope.Within($"variants[{index}]", name);
            SimpleChanges.AddRename(within, "key", old.Key, now.Key);
            ValueChanges.Add(within, "value", old.Value, now.Value);
        }

        foreach (int index in pairing.Removed)
        {
            FlagVariantDefinition old = pairing.Before[index];
            scope.Changed(
                $"variants[{index}]", $"variant {TextList.Quote(old.Key)} was removed", ChangeJson.Of(ResourceJson.Of(old)), after: null);
        }
    }
}
