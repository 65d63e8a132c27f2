namespace Experiments.Client.Snapshots.Loading;

/// <summary>Buckets from <paramref name="Start"/> on, up to but without <paramref name="End"/>, and the label of where they lead.</summary>
internal readonly record struct BucketRange(UInt128 Start, UInt128 End, int Label);
