using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;

namespace Experiments.Control.Definitions;

/// <summary>
/// Which targeting rules make sense. Readers decide by any rules, however odd; the API refuses those that could only be a mistake:
/// unknown operators, and operands that can match nothing.
/// </summary>
internal static class TargetingRules
{
    public const int MaxAttributeLength = 256;

    private const string KnownOperators = "eq, neq, in, notIn, contains, gt, lt, gte, lte, startsWith, endsWith, matches, semverEq, semverGt, "
        + "semverGte, semverLt, semverLte, before, after, cidr, exists, type";

    /// <summary>Null, or the first fault with its path.</summary>
    public static string? Check(string path, TargetingRuleDocument[] rules)
    {
        for (int rule = 0; rule < rules.Length; rule++)
        {
            ConditionDocument[] conditions = rules[rule].Conditions;
            for (int condition = 0; condition < conditions.Length; condition++)
            {
                if (Check(conditions[condition]) is { } fault)
                {
                    return $"{path}[{rule}].conditions[{condition}].{fault}";
                }
            }
        }

        return null;
    }

    public static bool AreSame(TargetingRuleDocument[] a, TargetingRuleDocument[] b) => a.Length == b.Length
        && a.Zip(b).All(static rules => rules.First.Conditions.Length == rules.Second.Conditions.Length
            && rules.First.Conditions.Zip(rules.Second.Conditions).All(static pair => AreSame(pair.First, pair.Second)));

    private static bool AreSame(ConditionDocument a, ConditionDocument b) =>
        a.Attribute == b.Attribute && a.Operator == b.Operator && RawJson.AreSame(a.Value, b.Value);

    private static string? Check(ConditionDocument condition)
    {
        if (condition.Attribute.Length is 0 or > MaxAttributeLength)
        {
            return $"attribute must be 1 to {MaxAttributeLength} characters";
        }

        JsonElement value = condition.Value;
        Operator op = OperatorNames.Parse(condition.Operator);
        return op switch
        {
            Operator.Unknown or Operator.Size or Operator.Some =>
                $"operator \"{condition.Operator}\" is unknown; known are {KnownOperators}",
            Operator.In or Operator.NotIn => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsScalar)
                ? null
                : $"value must be an array of strings, numbers, booleans or null for operator {condition.Operator}",
            Operator.Contains => value.ValueKind == JsonValueKind.String ? null : "value must be a string for operator contains",
            Operator.Greater or Operator.Less => value.ValueKind == JsonValueKind.Number && IsScalar(value)
                ? null
                : $"value must be a number for operator {condition.Operator}",
            _ when !OperatorNames.IsFormat1(op) => CheckOperand(condition),
            _ => IsScalar(value) ? null : $"value must be a string, number, boolean or null for operator {condition.Operator}",
        };
    }

    /// <summary>As readers see it: what never holds for them was not meant.</summary>
    private static string? CheckOperand(ConditionDocument condition)
    {
        var log = new FaultLog();
        OperandWarnings.Check(log, FaultPath.Root, condition.Operator, condition.Value, hasIf: false, ignoresCase: false);
        return log.Faults.Count == 0 ? null : log.Faults[0].TrimStart('$', '.').Replace(": ", " ", StringComparison.Ordinal);
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => double.IsFinite(value.GetDouble()),
        JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        _ => false,
    };
}
