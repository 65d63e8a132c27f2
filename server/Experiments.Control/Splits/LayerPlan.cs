namespace Experiments.Control.Splits;

/// <summary>Which experiment holds which buckets of a layer: no bucket is held twice.</summary>
internal static class LayerPlan
{
    /// <summary>What nobody holds.</summary>
    public static BucketSet Free(IEnumerable<BucketSet> held) => held.Aggregate(BucketSet.Everybody, static (free, set) => free.Except(set));

    /// <summary>
    /// What an experiment holds when it wants a share of the layer. It keeps what it has: more is added from the lowest free buckets,
    /// less gives up the highest of its own.
    /// </summary>
    /// <param name="othersHeld">By the other experiments of the layer.</param>
    /// <param name="currentlyHeld">By this one; a bucket that another holds too is not kept.</param>
    /// <param name="wanted">As a share of the whole layer.</param>
    /// <param name="first">Those of its own that it gives up last; null where it gives up the highest.</param>
    public static LayerClaim Claim(IEnumerable<BucketSet> othersHeld, BucketSet currentlyHeld, Coverage wanted, BucketSet? first = null)
    {
        BucketSet available = Free(othersHeld);
        Coverage most = Coverage.FromBuckets(available.Count);
        if (wanted.Buckets > most.Buckets)
        {
            return new LayerClaim
            {
                Available = most,
                Fault = $"A share of {wanted.Share} of the layer's users does not fit: its other experiments leave {most.Share}.",
            };
        }

        BucketSet kept = currentlyHeld.Intersect(available).Lowest(wanted.Buckets, first ?? BucketSet.Nobody);
        BucketSet added = available.Except(kept).Lowest(wanted.Buckets - kept.Count);
        return new LayerClaim { Available = most, Held = kept.Union(added) };
    }
}
