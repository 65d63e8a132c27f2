using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard.Models;

/// <summary>What is wrong with an operand as it is typed, in words: the control server's own check, so that what passes here is stored.</summary>
internal static class OperandFaults
{
    /// <summary>Null where nothing is, and while nothing was typed.</summary>
    public static string? Of(ConditionModel condition)
    {
        OperandKind kind = condition.Choice.Kind;
        if (kind is OperandKind.Presence or OperandKind.Types || condition.IsStored || string.IsNullOrWhiteSpace(condition.Operand))
        {
            return null;
        }

        var named = new ConditionModel { Attribute = "attribute", Operator = condition.Operator, Operand = condition.Operand };
        string? fault;
        try
        {
            AudienceInput input = RuleMapper.NewAudience(Guid.Empty, "audience", [new RuleModel { Conditions = [named] }]);
            fault = TargetingRules.Check("", input.Rules);
        }
        catch (BadHttpRequestException unreadable)
        {
            fault = unreadable.Message;
        }

        return fault is null ? null : kind switch
        {
            OperandKind.Number => "This must be a number.",
            OperandKind.Time => "This is no time. Write it like 2026-12-01T00:00:00Z.",
            OperandKind.Version => "This is no version. Write it like 2.4.0.",
            OperandKind.Networks => "One of these is no network. Write them like 10.0.0.0/8 or fd00::/8.",
            OperandKind.Pattern when fault.IndexOf("is no pattern (", StringComparison.Ordinal) is >= 0 and var start && fault.LastIndexOf(')') is var end && end > start =>
                $"This is no pattern: {fault[(start + "is no pattern (".Length)..end]}.",
            _ => fault[(fault.LastIndexOf("].", StringComparison.Ordinal) is >= 0 and var path ? path + 2 : 0)..] + ".",
        };
    }
}
