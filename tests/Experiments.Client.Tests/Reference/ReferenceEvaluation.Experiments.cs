using System.Text;
using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

internal sealed partial class ReferenceEvaluation
{
    private const int Buckets = 10_000;

    public ReferenceDecision DecideExperiment(JsonElement experiment)
    {
        if (snapshot.IsFormat2 && RawJson.TextMember(experiment, "flag") is { } flagKey)
        {
            return DecideByFlag(experiment, flagKey);
        }

        if (overrides.TryGetValue(RawJson.TextMember(experiment, "key")!, out string? overriding))
        {
            return Answer(experiment, "OVERRIDE", overriding is null ? null : ReferenceSnapshot.Variant(experiment, "key", overriding));
        }

        return HoldsAnyRule(experiment, "audienceRules") && HoldsAnyRule(experiment, "targetingRules")
            ? DecideByAllocations(experiment)
            : Answer(experiment, "DEFAULT", variant: null);
    }

    /// <summary>Only a split of the flag assigns the user a variant of the experiment.</summary>
    private ReferenceDecision DecideByFlag(JsonElement experiment, string flagKey)
    {
        ReferenceDecision decision = DecideFlag(flagKey);
        JsonElement? variant = decision is { IsFromSplit: true, VariantKey: { } variantKey }
            ? ReferenceSnapshot.Variant(experiment, "key", variantKey)
            : null;
        observe?.Invoke($"experiment of a flag {variant is not null}");
        return Answer(experiment, variant is null ? "DEFAULT" : "SPLIT", variant) with { IsFromSplit = variant is not null };
    }

    private ReferenceDecision DecideByAllocations(JsonElement experiment)
    {
        string text = userKey + ":" + RawJson.TextMember(experiment, "salt");
        uint bucket = HashFunctions.Murmur3(Encoding.UTF8.GetBytes(text), seed: 0) % Buckets;
        foreach (JsonElement allocation in RawJson.Items(RawJson.Member(experiment, "allocations")))
        {
            double start = RawJson.Member(allocation, "rangeStart")!.Value.GetDouble();
            double end = RawJson.Member(allocation, "rangeEnd")!.Value.GetDouble();
            if (start <= bucket && bucket <= end)
            {
                string variantId = RawJson.TextMember(allocation, "variantId")!;
                return Answer(experiment, "SPLIT", ReferenceSnapshot.Variant(experiment, "id", variantId)) with { IsFromSplit = true };
            }
        }

        return Answer(experiment, "DEFAULT", variant: null);
    }

    /// <summary>No rules are everybody.</summary>
    private bool HoldsAnyRule(JsonElement experiment, string member)
    {
        JsonElement[] rules = [.. RawJson.Items(RawJson.Member(experiment, member))];
        return rules.Length == 0 || rules.Any(rule => RawJson.Items(RawJson.Member(rule, "conditions")).All(HoldsPlainly));
    }

    /// <summary>A condition of an experiment: its operator and its operand, nothing else.</summary>
    private bool HoldsPlainly(JsonElement condition)
    {
        string op = RawJson.TextMember(condition, "operator")!;
        JsonElement? value = AttributeLookup.Find(RawJson.Member(condition, "attribute")!.Value, context, element: null);
        bool holds = (snapshot.IsFormat2 || ReferenceOperators.IsOfFormat1(op))
            && ReferenceOperators.Holds(op, value, RawJson.Member(condition, "value"), ignoreCase: false);
        observe?.Invoke($"plain {op} {holds}");
        return holds;
    }

    private static ReferenceDecision Answer(JsonElement experiment, string reason, JsonElement? variant) => new(
        reason,
        variant is { } keyed ? RawJson.TextMember(keyed, "key") : null,
        variant is { } identified ? RawJson.TextMember(identified, "id") : null,
        RawJson.TextMember(experiment, "id"),
        PayloadJson: variant is { } paying ? RawJson.Member(paying, "payload")?.GetRawText() : null);
}
