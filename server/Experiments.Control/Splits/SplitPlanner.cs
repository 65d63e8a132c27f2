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
    /// <param name="first">Buckets that a variant gives up last; null where it simply gives up the highest.</param>
    /// <param name="later">What free buckets are meant for: a variant that gains some takes its own of these before others.</param>
    public static BucketMap Plan(
        BucketMap current, IReadOnlyList<VariantWeight> weights, Coverage coverage, BucketSet? first = null, BucketMap? later = null)
    {
        int[] missing = Targets(weights, coverage);
        (List<VariantRange> planned, List<BucketRange> lost) = Keep(current, weights, missing, first);

        // Lost buckets first: their users change in any case, those of free buckets need not.
        BucketPool lostPool = new(lost);
        BucketSet free = BucketSet.From(current.Gaps());
        TakeAll(_ => lostPool);
        if (later is not null)
        {
            BucketMap meant = later.Intersect(free);
            TakeAll(variantId => new BucketPool([.. meant.Ranges.Where(range => range.VariantId == variantId).Select(static range => range.Buckets)]));
            free = free.Except(BucketSet.From(planned.Select(static range => range.Buckets)));
        }

        BucketSet unclaimed = later is null ? free : free.Except(later.Covered());
        BucketPool freePool = new([.. unclaimed.ToRanges(), .. free.Except(unclaimed).ToRanges()]);
        TakeAll(_ => freePool);
        return BucketMap.From(planned);

        void TakeAll(Func<Guid, BucketPool> poolOf)
        {
            for (int i = 0; i < weights.Count; i++)
            {
                Guid variantId = weights[i].VariantId;
                foreach (BucketRange buckets in poolOf(variantId).Take(missing[i]))
                {
                    planned.Add(new VariantRange(variantId, buckets));
                    missing[i] -= buckets.Count;
                }
            }
        }
    }

    /// <summary>
    /// The part of a map that is in at a smaller coverage, as a ramp needs it: a step is contained in every later one, and nobody
    /// changes variant between them.
    /// </summary>
    /// <param name="full">A plan for these weights at any coverage.</param>
    /// <param name="weights">Of the plan, in creation order.</param>
    /// <param name="smaller">At most the coverage of <paramref name="full"/>; a larger one adds nothing.</param>
    /// <param name="first">Buckets that are in before the others of their variant; null where the lowest are.</param>
    public static BucketMap Shrink(BucketMap full, IReadOnlyList<VariantWeight> weights, Coverage smaller, BucketSet? first = null) =>
        BucketMap.From(Keep(full, weights, Targets(weights, smaller), first).Kept);

    private static int[] Targets(IReadOnlyList<VariantWeight> weights, Coverage coverage) =>
        Apportionment.Webster([.. weights.Select(static weight => weight.Weight)], coverage.Buckets);

    /// <summary>Leaves each variant its first and then its lowest buckets, and counts them off from <paramref name="missing"/>.</summary>
    private static (List<VariantRange> Kept, List<BucketRange> Lost) Keep(
        BucketMap current, IReadOnlyList<VariantWeight> weights, Span<int> missing, BucketSet? first)
    {
        Dictionary<Guid, int> positions = [];
        for (int i = 0; i < weights.Count; i++)
        {
            positions.Add(weights[i].VariantId, i);
        }

        List<VariantRange> kept = [];
        List<BucketRange> lost = [];
        IEnumerable<VariantRange> ranges = first is null ? current.Ranges : current.Intersect(first).Ranges.Concat(current.Except(first).Ranges);
        foreach ((Guid variantId, BucketRange buckets) in ranges)
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
