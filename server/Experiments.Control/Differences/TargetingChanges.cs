using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Conditions; neither their order nor that of the rules counts.</summary>
internal static class TargetingChanges
{
    public static void Add(ChangeScope scope, string path, TargetingRuleDocument[] before, TargetingRuleDocument[] after)
    {
        if (TargetingRules.AreSame(before, after) || IdentityOf(before) == IdentityOf(after))
        {
            return;
        }

        string text = ListText(before, after) ?? $"conditions {RuleText.Of(before)} -> {RuleText.Of(after)}";
        scope.Changed(path, text, ChangeJson.Of(PartJson.Of(before)), ChangeJson.Of(PartJson.Of(after)));
    }

    /// <summary>Null unless all that changed are values of one list: in a long list they would not be seen.</summary>
    private static string? ListText(TargetingRuleDocument[] before, TargetingRuleDocument[] after)
    {
        if (before.Length != after.Length || before.Zip(after).Any(static pair => pair.First.Conditions.Length != pair.Second.Conditions.Length))
        {
            return null;
        }

        (ConditionDocument Old, ConditionDocument Now)[] changed =
        [
            .. before.SelectMany(static rule => rule.Conditions).Zip(after.SelectMany(static rule => rule.Conditions))
                .Where(static pair => IdentityOf(pair.First) != IdentityOf(pair.Second)),
        ];
        if (changed is not [(var old, var now)] || old.Attribute != now.Attribute || old.Operator != now.Operator
            || old.Value.ValueKind != JsonValueKind.Array || now.Value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        Dictionary<string, JsonElement> oldValues = ValuesOf(old);
        Dictionary<string, JsonElement> newValues = ValuesOf(now);
        string added = Named(newValues.Where(value => !oldValues.ContainsKey(value.Key)), "added");
        string removed = Named(oldValues.Where(value => !newValues.ContainsKey(value.Key)), "removed");
        string separator = added.Length > 0 && removed.Length > 0 ? ", " : "";
        return $"list of {ConditionText.Attribute(now.Attribute)} ({now.Operator}): {added}{separator}{removed}";
    }

    private static string Named(IEnumerable<KeyValuePair<string, JsonElement>> values, string verb)
    {
        string[] texts = [.. values.Select(static value => ValueText.Of(value.Value))];
        return texts.Length == 0 ? "" : $"{verb} {TextList.Join(texts, ", ")}";
    }

    private static Dictionary<string, JsonElement> ValuesOf(ConditionDocument condition)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonElement value in condition.Value.EnumerateArray())
        {
            values.TryAdd(RawOf(value), value);
        }

        return values;
    }

    private static string IdentityOf(TargetingRuleDocument[] rules) => RuleText.IsForEveryone(rules)
        ? ""
        : Sorted(rules.Select(static rule => Sorted(rule.Conditions.Select(IdentityOf))));

    private static string IdentityOf(ConditionDocument condition)
    {
        string value = condition.Value.ValueKind == JsonValueKind.Array
            ? Sorted(condition.Value.EnumerateArray().Select(RawOf))
            : RawOf(condition.Value);
        return $"{condition.Attribute.Length}:{condition.Attribute}{condition.Operator.Length}:{condition.Operator}{value}";
    }

    // Each once, and with its length: no text can be taken for two.
    private static string Sorted(IEnumerable<string> texts) => string.Concat(
        texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static text => $"{text.Length}:{text}").Prepend("["));

    private static string RawOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "" : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
}
