namespace Experiments.Client.Decisions;

/// <summary>What is known of a bucket.</summary>
internal enum BucketState : byte
{
    Unknown,
    Known,

    /// <summary>The unit is missing.</summary>
    Missing,

    /// <summary>The snapshot does not hold the hash.</summary>
    Undefined,
}
