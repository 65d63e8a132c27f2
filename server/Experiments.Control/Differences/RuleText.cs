using Experiments.Client.Targeting;

namespace Experiments.Control.Differences;

/// <summary>Targeting rules in plain language: <c>country is one of "US", "CA" and plan is "pro"; or age is greater than 18</c>.</summary>
internal static class RuleText
{
    public const string Everyone = "everyone";

    /// <summary>Long lists are cut; "and" binds more closely than "; or".</summary>
    public static string Of(TargetingRuleDocument[] rules) =>
        IsForEveryone(rules) ? Everyone : TextList.Join([.. rules.Select(Of)], "; or ");

    public static bool IsForEveryone(TargetingRuleDocument[] rules) =>
        rules.Length == 0 || rules.Any(static rule => rule.Conditions.Length == 0);

    private static string Of(TargetingRuleDocument rule) => TextList.Join([.. rule.Conditions.Select(ConditionText.Of)], " and ");
}
