namespace Experiments.Client.Snapshots;

/// <summary>How a hash is computed.</summary>
internal enum HashForm : byte
{
    /// <summary>The snapshot names it, but does not hold it.</summary>
    Undefined,

    /// <summary>It has no buckets: its unit counts as missing.</summary>
    Void,

    /// <summary>MurmurHash3 of the user key followed by a literal: what an experiment's salt comes to.</summary>
    UserKeyAndLiteral,

    /// <summary>Anything else.</summary>
    Parts,
}
