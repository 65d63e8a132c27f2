namespace Experiments.Control.Splits;

/// <summary>Who is in an experiment, and with which variant.</summary>
/// <param name="Map">By the experiment's own hash.</param>
/// <param name="LayerId">Null where the experiment is in no layer.</param>
/// <param name="Held">The buckets of the layer's hash that it holds, which is independent of its own.</param>
internal sealed record SplitSituation(BucketMap Map, Guid? LayerId, BucketSet Held)
{
    /// <summary>An experiment in no layer.</summary>
    public SplitSituation(BucketMap map)
        : this(map, null, BucketSet.Everybody)
    {
    }
}
