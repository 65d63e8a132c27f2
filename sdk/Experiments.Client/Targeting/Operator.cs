namespace Experiments.Client.Targeting;

/// <summary>The operators of a condition.</summary>
internal enum Operator : byte
{
    /// <summary>Holds for nobody: readers fail closed.</summary>
    Unknown,

    // Format 1.
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
    Greater,
    Less,

    // Format 2.
    GreaterOrEqual,
    LessOrEqual,
    StartsWith,
    EndsWith,
    Matches,
    VersionEqual,
    VersionGreater,
    VersionGreaterOrEqual,
    VersionLess,
    VersionLessOrEqual,
    Before,
    After,
    Address,
    Exists,
    Kind,
    Size,
    Some,
}
