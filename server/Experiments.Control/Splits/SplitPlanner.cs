namespace Experiments.Control.Splits;

/// <summary>
/// Buckets by weights and coverage, so that a change moves the fewest users. How many buckets each variant gets follows from weights
/// and coverage alone (<see cref="Apportionment"/>), which ones from what it has: it keeps its own up to that number.
/// </summary>
/// <remarks>
/// A variant that had more buckets than it gets must lose the difference, in whatever way the buckets are chosen; no more is taken
/// here, so fewer users cannot move. Every bucket that changes was either lost by a variant, or gained by one where no lost bucket was
/// left to reuse: so the buckets that change at all, newly covered users included, are as few as can be too.
/// </remarks>
internal static class SplitPlanner
{
    /// <summary>The map after a change of weights, coverage or variants.</summary>
    /// <param name="current">Any map, also one made by hand.</param>
    /// <param name="weights">In creation order, which breaks ties of rounding and decides who takes the lowest buckets: so neither ids,
    /// names nor the order in a request do. Each variant once. Variants that are not listed lose their buckets.</param>
    /// <param name="coverage">Exactly this many buckets get a variant, or none where there are no weights.</param>
    public static BucketMap Plan(BucketMap current, IReadOnlyList<VariantWeight> weights, Coverage coverage)
    {
        int[] missing = Targets(weights, coverage);
        (List<VariantRange> planned, List<BucketRange> lost) = Keep(current, weights, missing);

        // Lost buckets first: their users change in any case, those of free buckets need not.
        BucketPool pool = new([.. lost, .. current.Gaps()]);
        for (int i = 0; i < weights.Count; i++)
        {
            Guid variantId = weights[i].VariantId;
            planned.AddRange(pool.Take(missing[i]).Select(buckets => new VariantRange(variantId, buckets)));
        }

        return BucketMap.From(planned);
    }

    /// <summary>
    /// The part of a map that is in at a smaller coverage, as a ramp needs it: a step is contained in every later one, and nobody
    /// changes variant between them.
    /// </summary>
    /// <param name="full">A plan for these weights at any coverage.</param>
    /// <param name="weights">Of the plan, in creation order.</param>
    /// <param name="smaller">At most the coverage of <paramref name="full"/>; a larger one adds nothing.</param>
    public static BucketMap Shrink(BucketMap full, IReadOnlyList<VariantWeight> weights, Coverage smaller) =>
        BucketMap.From(Keep(full, weights, Targets(weights, smaller)).Kept);

    private static int[] Targets(IReadOnlyList<VariantWeight> weights, Coverage coverage) =>
        Apportionment.Webster([.. weights.Select(static weight => weight.Weight)], coverage.Buckets);

    /// <summary>Leaves each variant its lowest buckets and counts them off from <paramref name="missing"/>.</summary>
    private static (List<VariantRange> Kept, List<BucketRange> Lost) Keep(
        BucketMap current, IReadOnlyList<VariantWeight> weights, Span<int> missing)
    {
        Dictionary<Guid, int> positions = [];
        for (int i = 0; i < weights.Count; i++)
        {
            positions.Add(weights[i].VariantId, i);
        }

        List<VariantRange> kept = [];
        List<BucketRange> lost = [];
        foreach ((Guid variantId, BucketRange buckets) in current.Ranges)
        {
            int end = buckets.Start;
            if (positions.TryGetValue(variantId, out int position))
            {
                end += Math.Min(buckets.Count, missing[position]);
                missing[position] -= end - buckets.Start;
                kept.Add(new VariantRange(variantId, new BucketRange(buckets.Start, end)));
            }

            lost.Add(new BucketRange(end, buckets.End));
        }

        return (kept, lost);
    }
}
