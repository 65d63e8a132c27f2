namespace Experiments.Control.Splits;

/// <summary>
/// A plan for a split whose coverage changes by itself, made while it does. Those who are in now must move as little as if there were no
/// later steps, so they are planned first, and the rest around them.
/// </summary>
/// <param name="Full">What every bucket gets at the largest coverage.</param>
/// <param name="Entered">Buckets that are in before all others: <see cref="SplitPlanner.Shrink"/> needs them to make the steps. Empty
/// where the lowest buckets of each variant are.</param>
internal sealed record RampPlan(BucketMap Full, BucketSet Entered)
{
    /// <param name="assigned">Who is in now.</param>
    /// <param name="full">With those who would have come later.</param>
    /// <param name="weights">In creation order.</param>
    /// <param name="now">Coverage after the change, at once.</param>
    /// <param name="largest">At any step, past ones too.</param>
    public static RampPlan Of(
        BucketMap assigned, BucketMap full, IReadOnlyList<VariantWeight> weights, Coverage now, Coverage largest)
    {
        BucketMap next = SplitPlanner.Plan(assigned, weights, now, later: full);

        // As if there were no steps, where that moves no more: it leaves fewer ranges.
        BucketMap plain = SplitPlanner.Plan(full, weights, largest);
        if (Moved(assigned, SplitPlanner.Shrink(plain, weights, now)) == Moved(assigned, next))
        {
            return new RampPlan(plain, BucketSet.Nobody);
        }

        BucketSet entered = next.Covered();
        BucketMap start = BucketMap.From([.. next.Ranges, .. full.Except(entered).Ranges]);
        return new RampPlan(SplitPlanner.Plan(start, weights, largest, first: entered), entered);
    }

    /// <summary>Which buckets of a layer are in before the others that a split holds.</summary>
    /// <param name="assigned">The layer's buckets that are in now.</param>
    /// <param name="entered">Those of them that were in before the others.</param>
    /// <param name="held">By the split from now on.</param>
    /// <param name="now">Coverage after the change, at once.</param>
    public static BucketSet EnteredOf(BucketSet assigned, BucketSet entered, BucketSet held, Coverage now)
    {
        BucketSet kept = held.Intersect(assigned).Lowest(now.Buckets, entered);
        BucketSet next = held.Lowest(now.Buckets, kept);
        return held.Lowest(now.Buckets).Equals(next) ? BucketSet.Nobody : next;
    }

    private static decimal Moved(BucketMap before, BucketMap after) =>
        SplitPreview.Compare(new SplitSituation(before), new SplitSituation(after)).MovedShare;
}
