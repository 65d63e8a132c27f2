namespace Experiments.Client.Snapshots.Loading;

/// <summary>What a condition is, as its members tell.</summary>
internal enum PredicateShape : byte
{
    None,

    /// <summary>Read where it was met: <c>all</c>, <c>any</c>, <c>not</c>, <c>audience</c>, <c>error</c>.</summary>
    Joined,
    Condition,
    Bucket,
    Flag,
    Window,
}
