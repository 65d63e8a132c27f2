using Experiments.Control.Definitions;
using Experiments.Control.Splits;

namespace Experiments.Control.Compilation;

/// <summary>One step of a split over time: until the next, these buckets are in.</summary>
/// <param name="From">Null for the first.</param>
/// <param name="Until">Null for the last.</param>
/// <param name="Map">Of the split's own hash.</param>
/// <param name="Held">Of the layer; everybody where there is none.</param>
internal sealed record SplitStage(DateTimeOffset? From, DateTimeOffset? Until, BucketMap Map, BucketSet Held)
{
    /// <summary>Nobody is in.</summary>
    public bool IsEmpty => Map.Equals(BucketMap.Empty) || Held.Equals(BucketSet.Nobody);
}
