using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Operands that their operator cannot use: the condition never holds.</summary>
internal static class OperandWarnings
{
    /// <param name="log">Takes the warnings.</param>
    /// <param name="path">Of the condition.</param>
    /// <param name="name">Of the operator.</param>
    /// <param name="value">The operand; null where there is none.</param>
    /// <param name="hasIf">Whether there is a condition on elements or on the length.</param>
    /// <param name="ignoresCase">As the condition says.</param>
    public static void Check(FaultLog log, FaultPath path, string name, JsonElement? value, bool hasIf, bool ignoresCase)
    {
        Operator op = OperatorNames.Parse(name);
        if (op == Operator.Unknown)
        {
            log.Add(path.Member("operator"), $"there is no operator \"{name}\": holds never");
        }
        else if (op is Operator.Size or Operator.Some)
        {
            if (!hasIf)
            {
                log.Add(path, $"the operator {name} needs a condition \"if\": holds never");
            }
        }
        else if (value is { } operand)
        {
            CheckOperand(log, path.Member("value"), op, name, operand, ignoresCase);
        }
        else if (op is not (Operator.Equal or Operator.NotEqual))
        {
            log.Add(path, $"the operator {name} needs a value: holds never");
        }
    }

    private static void CheckOperand(FaultLog log, FaultPath path, Operator op, string name, JsonElement operand, bool ignoresCase)
    {
        switch (op)
        {
            case Operator.In or Operator.NotIn:
                Items(log, path, name, operand, static item => Scalar(item));
                break;
            case Operator.StartsWith or Operator.EndsWith:
                Items(log, path, name, operand, static item => item.ValueKind == JsonValueKind.String ? null : "is no string");
                break;
            case Operator.Address:
                Items(log, path, name, operand, static item => IsText(item, static text => AddressBlock.TryParse(text, out _))
                    ? null : "is no network of IPv4 or IPv6");
                break;
            case Operator.Kind:
                Items(log, path, name, operand, static item => IsText(item, IsKind)
                    ? null : "is not one of undefined, null, boolean, number, string, object, array");
                break;
            default:
                if (Describe(op, operand, ignoresCase) is { } fault)
                {
                    log.Add(path, $"{FaultLog.Shown(operand)} {fault}: the operator {name} holds never");
                }

                break;
        }
    }

    /// <summary>What is wrong with an operand that is no list; null where nothing is.</summary>
    private static string? Describe(Operator op, JsonElement operand, bool ignoresCase) => op switch
    {
        Operator.Equal or Operator.NotEqual => Scalar(operand),
        Operator.Greater or Operator.GreaterOrEqual or Operator.Less or Operator.LessOrEqual =>
            operand.ValueKind == JsonValueKind.Number ? null : "is no number",
        Operator.Contains => operand.ValueKind == JsonValueKind.String ? null : "is no string",
        Operator.Exists => operand.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "is no boolean",
        Operator.Before or Operator.After => operand.ValueKind == JsonValueKind.Number
            || IsText(operand, static text => Timestamp.TryParse(text, out _)) ? null : "is no time as RFC 3339 writes it",
        Operator.Matches => operand.ValueKind == JsonValueKind.String
            ? Pattern.TryParse(JsonText.Read(operand), ignoresCase, out _, out string fault) ? null : $"is no pattern ({fault})"
            : "is no string",
        _ => IsText(operand, static text => SemanticVersion.TryParse(text, out _)) ? null : "is no version as SemVer 2.0.0 writes it",
    };

    private static void Items(FaultLog log, FaultPath path, string name, JsonElement operand, Func<JsonElement, string?> describe)
    {
        if (operand.ValueKind != JsonValueKind.Array)
        {
            log.Add(path, $"{FaultLog.Describe(operand.ValueKind)} where an array must be: the operator {name} holds never");
            return;
        }

        log.Items(operand, path, (item, at) =>
        {
            if (describe(item) is { } fault)
            {
                log.Add(at, $"{FaultLog.Shown(item)} {fault}");
            }
        });
    }

    private static string? Scalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "equals nothing" : null;

    private static bool IsText(JsonElement value, Func<string, bool> isRight) =>
        value.ValueKind == JsonValueKind.String && isRight(JsonText.Read(value));

    private static bool IsKind(string text) => text is "undefined" or "null" or "boolean" or "number" or "string" or "object" or "array";
}
