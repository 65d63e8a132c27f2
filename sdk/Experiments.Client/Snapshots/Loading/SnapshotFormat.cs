namespace Experiments.Client.Snapshots.Loading;

/// <summary>The formats that this reader knows.</summary>
internal enum SnapshotFormat
{
    /// <summary>Experiments alone; also where no format is named.</summary>
    Experiments = 1,

    /// <summary>Flags, audiences and hashes too.</summary>
    Flags = 2,
}
