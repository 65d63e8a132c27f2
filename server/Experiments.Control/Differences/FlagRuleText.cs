using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>A rule of a flag in plain language: <c>if in audience "staff" and plan is "pro", serves "high"</c>.</summary>
internal static class FlagRuleText
{
    public static string Of(FlagRuleDefinition rule, VariantNames variants, ContentNames names)
    {
        string schedule = rule.Schedule is { From: not null } or { Until: not null } ? $" {ScheduleText.Of(rule.Schedule)}," : "";
        return $"{WhoOf(rule, names)},{schedule} {ServesOf(rule, variants, names)}";
    }

    public static string ServesOf(FlagRuleDefinition rule, VariantNames variants, ContentNames names) => rule switch
    {
        { VariantId: { } variant } => $"serves {variants.TextOf(variant)}",
        { ExperimentId: { } experiment } => $"serves experiment {TextList.Quote(names.ExperimentOf(experiment)!)}",
        { Split: { } split } => SplitText.Of(split, variants, names),
        _ => "serves the caller's fallback",
    };

    private static string WhoOf(FlagRuleDefinition rule, ContentNames names)
    {
        List<string> tests = [];
        if (names.AudienceOf(rule.AudienceId) is { } audience)
        {
            tests.Add($"in audience {TextList.Quote(audience)}");
        }

        if (!RuleText.IsForEveryone(rule.TargetingRules))
        {
            string text = RuleText.Of(rule.TargetingRules);
            bool isAlone = rule.TargetingRules.Length == 1 || (rule.AudienceId is null && rule.Prerequisites.Count == 0);
            tests.Add(isAlone ? text : $"({text})");
        }

        tests.AddRange(rule.Prerequisites.Select(static one => PrerequisiteChanges.TextOf(one, "serves")));
        return tests.Count == 0 ? $"for {RuleText.Everyone}" : $"if {TextList.Join(tests, " and ")}";
    }
}
