namespace Experiments.Control.Splits;

/// <summary>Who is in an experiment, and with which variant.</summary>
/// <param name="Map">By the experiment's own hash.</param>
/// <param name="LayerHash">Tells one hash of a layer from another; null where the experiment is in no layer.</param>
/// <param name="Held">The buckets of the layer's hash that it holds, which is independent of its own.</param>
/// <param name="Hash">Tells one hash of the experiment from another: its salt, its unit. Buckets of two hashes are independent.</param>
internal sealed record SplitSituation(BucketMap Map, string? LayerHash, BucketSet Held, string Hash = "")
{
    /// <summary>An experiment in no layer.</summary>
    public SplitSituation(BucketMap map)
        : this(map, null, BucketSet.Everybody)
    {
    }
}
