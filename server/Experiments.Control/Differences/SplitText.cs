using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Splits in sentences.</summary>
internal static class SplitText
{
    /// <summary><c>splits 25 % of users 50:50 over "a" and "b"</c>.</summary>
    public static string Of(RuleSplitDefinition split, VariantNames variants, ContentNames names) =>
        Of(split.Weights, variants, names) + (split.Unit is { } unit ? $", by {ConditionText.Attribute(unit)}" : "");

    public static string Of(SplitDefinition split, VariantNames variants, ContentNames names)
    {
        string who = split.Coverage == AllocationRules.MaxBucket + 1 && split.Ramp.Count == 0 ? "users" : $"{ShareText.Of(split.Coverage)} of users";
        string ramp = split.Ramp.Count > 0 ? $", then {RampOf(split.Ramp)}" : "";
        string layer = split.LayerId is { } id ? $", in layer {TextList.Quote(names.LayerOf(id)!)}" : "";
        return $"splits {who} {RatioOf(split)} over {VariantsOf(split, variants, " and ")}{ramp}{layer}";
    }

    /// <summary><c>50:50</c>.</summary>
    public static string RatioOf(SplitDefinition split) =>
        TextList.Join([.. split.Weights.Select(static weight => weight.Weight.ToString())], ":");

    public static string VariantsOf(SplitDefinition split, VariantNames variants, string separator) =>
        TextList.Join([.. split.Weights.Select(weight => TextList.Quote(variants.KeyOf(weight.VariantId)))], separator);

    /// <summary><c>"a" 50, "b" 50</c>.</summary>
    public static string WeightsOf(SplitDefinition split, VariantNames variants) =>
        TextList.Join([.. split.Weights.Select(weight => $"{TextList.Quote(variants.KeyOf(weight.VariantId))} {weight.Weight}")], ", ");

    public static string RampOf(IReadOnlyList<RampStepDefinition> ramp) => ramp.Count == 0
        ? "none"
        : TextList.Join([.. ramp.Select(static step => $"{ShareText.Of(step.Coverage)} from {ScheduleText.Of(step.At)}")], ", ");
}
