using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;

namespace Experiments.Control.Api.Responses;

/// <summary>A rule of a flag in answers.</summary>
internal sealed record FlagRuleResponse(
    Guid Id,
    string? Name,
    Guid? AudienceId,
    TargetingRuleDocument[] TargetingRules,
    ScheduleResponse? Schedule,
    IReadOnlyList<PrerequisiteResponse> Prerequisites,
    ServeResponse Serve)
{
    public static FlagRuleResponse From(FlagDefinition flag, FlagRuleDefinition rule) => new(
        rule.Id,
        rule.Name,
        rule.AudienceId,
        rule.TargetingRules,
        ScheduleResponse.Of(rule.Schedule),
        PrerequisiteResponse.From(rule.Prerequisites),
        rule switch
        {
            { Split: { } split } => new ServeResponse { Split = SplitOf(flag, split) },
            { ExperimentId: { } id } => new ServeResponse { ExperimentId = id },
            _ => new ServeResponse { Variant = FlagInputs.KeyOf(flag, rule.VariantId) },
        });

    private static RuleSplitResponse SplitOf(FlagDefinition flag, RuleSplitDefinition split) => new(
        [.. split.Weights.Weights.Select(weight => new RuleWeightResponse(FlagInputs.KeyOf(flag, weight.VariantId)!, weight.Weight))],
        SplitResponse.ShareOf(split.Weights.Coverage),
        SplitResponse.RampOf(split.Weights),
        split.Weights.LayerId,
        split.Unit,
        split.Salt,
        [.. split.Allocations.Select(allocation => new RuleAllocationResponse(
            FlagInputs.KeyOf(flag, allocation.VariantId)!, allocation.RangeStart, allocation.RangeEnd))]);
}
