namespace Experiments.Client.Snapshots.Loading;

internal enum PredicateKind : byte
{
    True,
    False,

    /// <summary>Ends the decision in a fault.</summary>
    Fault,

    All,
    Any,
    Not,

    /// <summary>One instruction.</summary>
    Test,

    /// <summary>A test of a bucket against ranges.</summary>
    Bucket,
}
