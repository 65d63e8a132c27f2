using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>Stored flags as the inputs that make them.</summary>
internal static class FlagInputs
{
    public static IEnumerable<FlagRuleInput> RulesOf(FlagDefinition flag) => flag.Rules.Select(rule => RuleOf(flag, rule));

    public static FlagRuleInput RuleOf(FlagDefinition flag, FlagRuleDefinition rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        AudienceId = rule.AudienceId,
        TargetingRules = rule.TargetingRules,
        Schedule = rule.Schedule,
        Prerequisites = rule.Prerequisites,
        Serve = new ServeInput(
            KeyOf(flag, rule.VariantId),
            rule.ExperimentId,
            rule.Split is { } split ? SplitOf(split.Weights, split.Unit, id => KeyOf(flag, id)!) : null),
    };

    /// <param name="split">As stored.</param>
    /// <param name="unit">As stored.</param>
    /// <param name="nameOf">The name of a variant in requests.</param>
    public static SplitInput SplitOf(SplitDefinition split, string? unit, Func<Guid, string> nameOf) => new()
    {
        Weights = [.. split.Weights.Select(weight => new WeightInput(nameOf(weight.VariantId), weight.Weight))],
        Coverage = Coverage.FromBuckets(split.Coverage),
        Ramp = [.. split.Ramp.Select(static step => new RampStepInput(step.At, Coverage.FromBuckets(step.Coverage)))],
        LayerId = split.LayerId,
        Unit = unit,
    };

    public static string? KeyOf(FlagDefinition flag, Guid? variantId) =>
        variantId is { } id ? flag.Variants.FirstOrDefault(variant => variant.Id == id)?.Key : null;
}
