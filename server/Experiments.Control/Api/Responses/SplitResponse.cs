using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Api.Responses;

/// <summary>The split of an experiment in answers.</summary>
internal sealed record SplitResponse(
    IReadOnlyList<WeightResponse> Weights, decimal Coverage, IReadOnlyList<RampStepResponse> Ramp, Guid? LayerId)
{
    public static SplitResponse? From(SplitDefinition? split) => split is null ? null : new(
        [.. split.Weights.Select(static weight => new WeightResponse(weight.VariantId, weight.Weight))],
        ShareOf(split.Coverage),
        RampOf(split),
        split.LayerId);

    public static decimal ShareOf(int buckets) => Splits.Coverage.FromBuckets(buckets).Share;

    public static IReadOnlyList<RampStepResponse> RampOf(SplitDefinition split) =>
        [.. split.Ramp.Select(static step => new RampStepResponse(step.At, ShareOf(step.Coverage)))];
}
