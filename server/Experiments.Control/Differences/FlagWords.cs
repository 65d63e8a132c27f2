using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What a flag and its rules are called in sentences.</summary>
internal static class FlagWords
{
    private static readonly string[] Types = ["boolean", "string", "integer", "number", "json"];

    public static string TypeOf(FlagType type) => Types[(int)type];

    public static string SummaryOf(FlagDefinition flag)
    {
        string state = (flag.IsArchived, flag.IsEnabled) switch
        {
            (true, _) => "archived",
            (_, true) => "enabled",
            _ => "not enabled",
        };
        return $"{TypeOf(flag.Type)}, {state}, {Count(flag.Rules.Count, "rule")}";
    }

    public static string Count(int count, string noun) => $"{TextList.Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <param name="index">From 0; people count from 1.</param>
    /// <param name="rule">For its name.</param>
    public static string RuleOf(int index, FlagRuleDefinition rule) =>
        rule.Name is { } name ? $"rule {TextList.Number(index + 1)} {TextList.Quote(name)}" : $"rule {TextList.Number(index + 1)}";
}
