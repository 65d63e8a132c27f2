using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Explaining;

namespace Experiments.Control.Api.Responses;

/// <summary>Why a user gets a variant.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Version">Of the snapshot that decided; null for the draft.</param>
/// <param name="Key">Of the flag or experiment.</param>
/// <param name="Variant">Key of the variant; null where the caller's fallback applies.</param>
/// <param name="Value">The variant's value or payload; null where there is none.</param>
/// <param name="Reason">Why, such as SPLIT.</param>
/// <param name="Rule">Id of the rule that decided; null where there is none.</param>
/// <param name="Error">What went wrong where the reason is ERROR.</param>
/// <param name="Steps">What was looked at, in order.</param>
/// <param name="Text">The same for people, a line for each step and one for the decision.</param>
internal sealed record ExplanationResponse(
    string Environment,
    long? Version,
    string Key,
    string? Variant,
    JsonElement? Value,
    string Reason,
    string? Rule,
    string? Error,
    IReadOnlyList<ExplanationStepResponse> Steps,
    string Text)
{
    public static ExplanationResponse From(ExplainedDecision explained)
    {
        Explanation explanation = explained.Explanation;
        Decision decision = explanation.Decision;
        return new ExplanationResponse(
            explained.Environment,
            explained.Version,
            explained.Key,
            decision.VariantKey,
            decision.Payload is { ValueKind: not JsonValueKind.Undefined } value ? value : null,
            decision.ReasonText,
            decision.RuleId,
            decision.Fault,
            [.. explanation.Steps.Select(ExplanationStepResponse.From)],
            WellFormedText.Of(explanation.ToString()));
    }
}
