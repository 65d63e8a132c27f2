using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Splits;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Splits by weights to ranges, so that as few users as possible are moved.</summary>
internal static class SplitBuilder
{
    public const long MaxWeight = 1_000_000_000;
    public const int MaxRampSteps = 100;

    /// <param name="path">Of the split in the request, for messages; empty where the request is the split.</param>
    /// <param name="input">The split.</param>
    /// <param name="variants">Id and name on the wire of each variant, in creation order.</param>
    /// <param name="current">The allocations as they are.</param>
    /// <param name="layer">The input's layer, read from the store; null where it names none.</param>
    /// <param name="ownerId">Who is to hold the claim: the experiment or the rule.</param>
    /// <param name="ownerKey">For people.</param>
    public static Result<BuiltSplit> Build(
        string path,
        SplitInput input,
        IReadOnlyList<(Guid Id, string Name)> variants,
        IReadOnlyList<AllocationDefinition> current,
        LayerDefinition? layer,
        Guid ownerId,
        string ownerKey)
    {
        if (Check(path, input, variants) is { } error)
        {
            return error;
        }

        Dictionary<string, long> weightOf = input.Weights.ToDictionary(
            static weight => weight.Variant, static weight => weight.Weight, StringComparer.Ordinal);
        VariantWeight[] weights = [.. variants.Where(variant => weightOf.ContainsKey(variant.Name))
            .Select(variant => new VariantWeight(variant.Id, weightOf[variant.Name]))];
        var split = new SplitDefinition
        {
            Weights = [.. weights.Select(static weight => new WeightDefinition { VariantId = weight.VariantId, Weight = weight.Weight })],
            Coverage = input.Coverage.Buckets,
            Ramp = [.. input.Ramp.Select(static step => new RampStepDefinition { At = step.At, Coverage = step.Coverage.Buckets })],
            LayerId = layer?.Id,
        };
        var largest = Coverage.FromBuckets(split.LargestCoverage);
        LayerDefinition? claimed = null;
        if (layer is not null)
        {
            LayerClaim claim = LayerPlan.Claim(
                layer.Claims.Where(other => other.OwnerId != ownerId).Select(static other => SetOf(other.Ranges)),
                SplitStages.HeldBy(layer, ownerId),
                largest);
            if (!claim.IsGranted)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"Layer \"{layer.Name}\": {claim.Fault}");
            }

            claimed = layer.WithClaim(ownerId, ownerKey, claim.Held);
        }

        var map = BucketMap.From(current.Select(static allocation => new VariantRange(
            allocation.VariantId, BucketRange.Inclusive(allocation.RangeStart, allocation.RangeEnd))));

        // Within a layer its buckets decide who is in, and the split's own hash gives every one of them a variant.
        BucketMap planned = SplitPlanner.Plan(map, weights, layer is null ? largest : Coverage.Full);
        return new BuiltSplit(split, AllocationsOf(planned, current), claimed);
    }

    /// <summary>Ranges that stay as they were keep their ids.</summary>
    private static IReadOnlyList<AllocationDefinition> AllocationsOf(BucketMap map, IReadOnlyList<AllocationDefinition> current)
    {
        ILookup<(Guid, int, int), AllocationDefinition> existing = current.ToLookup(
            static allocation => (allocation.VariantId, allocation.RangeStart, allocation.RangeEnd));
        return
        [
            .. map.Ranges.Select(range => existing[(range.VariantId, range.Buckets.Start, range.Buckets.Last)].FirstOrDefault()
                ?? new AllocationDefinition
                {
                    Id = Guid.NewGuid(),
                    VariantId = range.VariantId,
                    RangeStart = range.Buckets.Start,
                    RangeEnd = range.Buckets.Last,
                }),
        ];
    }

    private static BucketSet SetOf(IEnumerable<BucketRangeDefinition> ranges) =>
        BucketSet.From(ranges.Select(static range => BucketRange.Inclusive(range.RangeStart, range.RangeEnd)));

    private static DomainError? Check(string path, SplitInput input, IReadOnlyList<(Guid Id, string Name)> variants)
    {
        string At(string member) => path.Length == 0 ? member : $"{path}.{member}";
        if (input.Weights.Count == 0)
        {
            return Errors.Invalid(At("weights"), "must name at least one variant");
        }

        HashSet<string> known = variants.Select(static variant => variant.Name).ToHashSet(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < input.Weights.Count; i++)
        {
            (string variant, long weight) = input.Weights[i];
            if (!known.Contains(variant))
            {
                return Errors.Invalid($"{At("weights")}[{i}]", $"names variant {variant}, which is not there");
            }

            if (!seen.Add(variant))
            {
                return Errors.Invalid($"{At("weights")}[{i}]", $"names variant {variant} a second time");
            }

            if (weight is < 1 or > MaxWeight)
            {
                return Errors.Invalid($"{At("weights")}[{i}].weight", $"must be an integer from 1 to {MaxWeight}, not {weight}");
            }
        }

        if (input.Ramp.Count > MaxRampSteps)
        {
            return Errors.Invalid(At("ramp"), $"must have at most {MaxRampSteps} steps");
        }

        for (int i = 1; i < input.Ramp.Count; i++)
        {
            if (input.Ramp[i].At <= input.Ramp[i - 1].At)
            {
                return Errors.Invalid($"{At("ramp")}[{i}].at", "must be later than the step before it");
            }
        }

        return input.Unit is { Length: 0 or > TargetingRules.MaxAttributeLength }
            ? Errors.Invalid(At("unit"), $"must be 1 to {TargetingRules.MaxAttributeLength} characters")
            : null;
    }
}
