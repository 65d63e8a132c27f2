namespace Experiments.Control.Definitions;

/// <summary>Which allocations make sense.</summary>
internal static class AllocationRules
{
    public const int MaxBucket = 9999;

    /// <summary>Null, or what is wrong with these allocations of <paramref name="experiment"/>.</summary>
    /// <param name="allocations">By range start.</param>
    /// <param name="experiment">Whose variants they must name.</param>
    public static string? Check(IReadOnlyList<AllocationDefinition> allocations, ExperimentDefinition experiment)
    {
        HashSet<Guid> variantIds = [.. experiment.Variants.Select(static variant => variant.Id)];
        for (int i = 0; i < allocations.Count; i++)
        {
            AllocationDefinition allocation = allocations[i];
            if (allocation.RangeStart < 0 || allocation.RangeEnd > MaxBucket || allocation.RangeStart > allocation.RangeEnd)
            {
                return $"The range {Describe(allocation)} must lie within 0..{MaxBucket} and not end before it starts.";
            }

            if (!variantIds.Contains(allocation.VariantId))
            {
                return $"The range {Describe(allocation)} names variant {allocation.VariantId}, which experiment \"{experiment.Key}\" does not have.";
            }

            if (i > 0 && allocations[i - 1].RangeEnd >= allocation.RangeStart)
            {
                return $"The ranges {Describe(allocations[i - 1])} and {Describe(allocation)} overlap.";
            }
        }

        return null;
    }

    private static string Describe(AllocationDefinition allocation) => $"{allocation.RangeStart}..{allocation.RangeEnd}";
}
