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
    /// <param name="former">The split as it is; null where there is none.</param>
    /// <param name="current">The allocations as they are.</param>
    /// <param name="layer">The input's layer, read from the store; null where it names none.</param>
    /// <param name="owner">Id and key of who is to hold the claim: the experiment or the rule.</param>
    /// <param name="now">Decides which step of a ramp is under way: those who are in are moved as little as possible.</param>
    public static Result<BuiltSplit> Build(
        string path,
        SplitInput input,
        IReadOnlyList<(Guid Id, string Name)> variants,
        SplitDefinition? former,
        IReadOnlyList<AllocationDefinition> current,
        LayerDefinition? layer,
        (Guid Id, string Key) owner,
        DateTimeOffset now)
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
        BucketMap full = SplitStages.MapOf(current);
        bool keepsLayer = former is not null && former.LayerId == layer?.Id;
        SplitStage stage = SplitStages.Of(former, current, keepsLayer ? layer : null, owner.Id).At(now);
        var (coverage, largest) = (Coverage.FromBuckets(split.CoverageAt(now)), Coverage.FromBuckets(split.LargestCoverage));
        if (layer is null)
        {
            RampPlan plan = RampPlan.Of(stage.Map, full, weights, coverage, largest);
            return new BuiltSplit(split with { Entered = RangesOf(plan.Entered) }, AllocationsOf(plan.Full, current), null);
        }

        BucketSet assigned = keepsLayer ? stage.Held : BucketSet.Nobody;
        LayerClaim claim = LayerPlan.Claim(
            layer.Claims.Where(other => other.OwnerId != owner.Id).Select(static other => SplitStages.SetOf(other.Ranges)),
            SplitStages.HeldBy(layer, owner.Id),
            largest,
            assigned);
        if (!claim.IsGranted)
        {
            return new DomainError(DomainErrorCode.NotAllowed, $"Layer \"{layer.Name}\": {claim.Fault}");
        }

        // Within a layer its buckets decide who is in, and the split's own hash gives every one of them a variant.
        BucketSet entered = RampPlan.EnteredOf(assigned, SplitStages.SetOf(former?.Entered ?? []), claim.Held, coverage);
        return new BuiltSplit(
            split with { Entered = RangesOf(entered) },
            AllocationsOf(SplitPlanner.Plan(full, weights, Coverage.Full), current),
            layer.WithClaim(owner.Id, owner.Key, claim.Held));
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

    private static IReadOnlyList<BucketRangeDefinition> RangesOf(BucketSet set) =>
        [.. set.ToRanges().Select(static range => new BucketRangeDefinition { RangeStart = range.Start, RangeEnd = range.Last })];

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
