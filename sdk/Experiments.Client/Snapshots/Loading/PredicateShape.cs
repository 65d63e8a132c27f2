namespace Experiments.Client.Snapshots.Loading;

/// <summary>What a condition is, as its members tell.</summary>
internal enum PredicateShape : byte
{
    None,

    // Read where they are met: what is in them needs no other member.
    All,
    Any,
    Not,
    Audience,
    Fault,

    // Put together once all of their members are read.
    Condition,
    Bucket,
    Flag,
    Window,
}
