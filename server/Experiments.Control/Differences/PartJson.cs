using System.Text.Json.Nodes;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Parts of definitions as JSON, with keys and names in place of ids.</summary>
internal static class PartJson
{
    public static JsonArray Of(TargetingRuleDocument[] rules) => ChangeJson.Array(rules.Select(static rule => new JsonObject
    {
        ["conditions"] = ChangeJson.Array(rule.Conditions.Select(Of)),
    }));

    public static JsonObject? Of(ScheduleDefinition? schedule) => schedule is null ? null : new JsonObject
    {
        ["from"] = schedule.From is { } from ? UtcTime.Write(from) : null,
        ["until"] = schedule.Until is { } until ? UtcTime.Write(until) : null,
    };

    public static JsonArray Of(IEnumerable<PrerequisiteDefinition> prerequisites) =>
        ChangeJson.Array(prerequisites.Select(static prerequisite => new JsonObject
        {
            ["flagKey"] = prerequisite.FlagKey,
            ["variants"] = ChangeJson.Array(prerequisite.Variants),
        }));

    public static JsonArray Of(IEnumerable<RampStepDefinition> ramp) => ChangeJson.Array(ramp.Select(static step => new JsonObject
    {
        ["at"] = UtcTime.Write(step.At),
        ["coverage"] = step.Coverage,
    }));

    public static JsonArray Of(IEnumerable<BucketRangeDefinition> ranges) => ChangeJson.Array(ranges.Select(static range => new JsonObject
    {
        ["rangeStart"] = range.RangeStart,
        ["rangeEnd"] = range.RangeEnd,
    }));

    public static JsonObject Of(IEnumerable<OverrideDefinition> overrides, VariantNames variants)
    {
        var json = new JsonObject();
        foreach (OverrideDefinition one in overrides)
        {
            json[one.UserKey] = variants.KeyOf(one.VariantId);
        }

        return json;
    }

    public static JsonArray Of(IEnumerable<AllocationDefinition> allocations, VariantNames variants) =>
        ChangeJson.Array(allocations.Select(allocation => new JsonObject
        {
            ["variant"] = variants.KeyOf(allocation.VariantId),
            ["rangeStart"] = allocation.RangeStart,
            ["rangeEnd"] = allocation.RangeEnd,
        }));

    public static JsonObject Weights(SplitDefinition split, VariantNames variants)
    {
        var json = new JsonObject();
        foreach (WeightDefinition weight in split.Weights)
        {
            json[variants.KeyOf(weight.VariantId)] = weight.Weight;
        }

        return json;
    }

    public static JsonObject? Of(SplitDefinition? split, VariantNames variants, ContentNames names) => split is null ? null : new JsonObject
    {
        ["weights"] = Weights(split, variants),
        ["coverage"] = split.Coverage,
        ["ramp"] = Of(split.Ramp),
        ["layer"] = names.LayerOf(split.LayerId),
    };

    public static JsonObject Of(FlagRuleDefinition rule, VariantNames variants, ContentNames names) => new()
    {
        ["name"] = rule.Name,
        ["audience"] = names.AudienceOf(rule.AudienceId),
        ["targetingRules"] = Of(rule.TargetingRules),
        ["schedule"] = Of(rule.Schedule),
        ["prerequisites"] = Of(rule.Prerequisites),
        ["serves"] = Serves(rule, variants, names),
    };

    /// <summary>Null is the caller's fallback.</summary>
    public static JsonObject? Serves(FlagRuleDefinition rule, VariantNames variants, ContentNames names) => rule switch
    {
        { VariantId: { } variant } => new JsonObject { ["variant"] = variants.KeyOf(variant) },
        { ExperimentId: { } experiment } => new JsonObject { ["experiment"] = names.ExperimentOf(experiment) },
        { Split: { } split } => new JsonObject
        {
            ["split"] = Of(split.Weights, variants, names),
            ["unit"] = split.Unit,
            ["salt"] = split.Salt,
            ["allocations"] = Of(split.Allocations, variants),
        },
        _ => null,
    };

    private static JsonObject Of(ConditionDocument condition) => new()
    {
        ["attribute"] = condition.Attribute,
        ["operator"] = condition.Operator,
        ["value"] = ChangeJson.Node(condition.Value),
    };
}
