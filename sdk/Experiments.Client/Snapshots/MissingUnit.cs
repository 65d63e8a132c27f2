namespace Experiments.Client.Snapshots;

/// <summary>What a hash comes to where an attribute of its input is missing.</summary>
internal enum MissingUnit : byte
{
    /// <summary>No bucket: a condition does not hold, a split misses.</summary>
    Skip,

    /// <summary>Bucket 0.</summary>
    Zero,

    /// <summary>Any bucket, another one for each decision.</summary>
    Random,
}
