using Experiments.Client;

namespace Experiments.Control.Api.Responses;

/// <summary>One thing that a decision looked at.</summary>
/// <param name="Kind">rule, condition, bucket, sticky, audience or prerequisite.</param>
/// <param name="Text">In words.</param>
/// <param name="Depth">0 for the flag itself, more within its audiences and prerequisites.</param>
/// <param name="Holds">Null where that is no question.</param>
/// <param name="Bucket">Null where it is no bucket, or where its unit is missing.</param>
internal sealed record ExplanationStepResponse(string Kind, string Text, int Depth, bool? Holds, ulong? Bucket)
{
    public static ExplanationStepResponse From(ExplanationStep step) => new(
        step.Kind switch
        {
            ExplanationStepKind.Rule => "rule",
            ExplanationStepKind.Condition => "condition",
            ExplanationStepKind.Bucket => "bucket",
            ExplanationStepKind.Sticky => "sticky",
            ExplanationStepKind.Audience => "audience",
            _ => "prerequisite",
        },
        WellFormedText.Of(step.Text),
        step.Depth,
        step.Holds,
        step.Bucket);
}
