namespace Experiments.Dashboard.Models;

/// <summary>Targeting rules in plain language: <c>country is US or CA, and plan is pro</c>.</summary>
public static class RuleReading
{
    /// <summary>What a rule without conditions says.</summary>
    public const string Everyone = "Everyone";

    /// <param name="rules">Joined by OR; none is everyone.</param>
    public static string Of(IReadOnlyList<RuleModel> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Count == 0 || rules.Any(static rule => rule.Conditions.Count == 0) ? Everyone : string.Join("; or ", rules.Select(Of));
    }

    private static string Of(RuleModel rule) => string.Join(", and ", rule.Conditions.Select(Of));

    private static string Of(ConditionModel condition)
    {
        string name = condition.Attribute.Length == 0 ? "…" : condition.Attribute;
        string operand = condition.Operand.Trim() is { Length: > 0 } text ? text : "…";
        return condition.Operator switch
        {
            "in" => $"{name} is {Any(condition, " or ")}",
            "notIn" => $"{name} is {(OperandText.Split(condition.Operand).Count > 1 ? "neither " : "not ")}{Any(condition, " nor ")}",
            "startsWith" => $"{name} starts with {Any(condition, " or ")}",
            "endsWith" => $"{name} ends with {Any(condition, " or ")}",
            "cidr" => $"{name} is an address in {Any(condition, " or ")}",
            "type" => $"{name} is a value of type {Any(condition, " or ")}",
            "exists" => $"{name} {(condition.Operand == "false" ? "is not set" : "is set")}",
            "semverGte" => $"{name} is version {operand} or later",
            "semverLte" => $"{name} is version {operand} or earlier",
            "matches" => $"{name} matches {operand}",
            _ => $"{name} {condition.Choice.Words} {operand}",
        };
    }

    private static string Any(ConditionModel condition, string last)
    {
        string[] items = [.. OperandText.Split(condition.Operand)];
        return items.Length switch
        {
            0 => "…",
            1 => items[0],
            _ => string.Join(", ", items[..^1]) + last + items[^1],
        };
    }
}
