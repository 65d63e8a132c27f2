namespace Experiments.Client.Sources;

/// <summary>What one poll came to.</summary>
internal enum PollResult
{
    /// <summary>A newer snapshot is in memory.</summary>
    Loaded,

    /// <summary>The pointer names what is in memory.</summary>
    Unchanged,

    /// <summary>The pointer names something older, or the same version with other content; what is in memory stays.</summary>
    Regressed,

    /// <summary>Nothing is published under this name, or not yet all of it.</summary>
    Missing,

    /// <summary>What is published was refused; the last good snapshot stays.</summary>
    Rejected,

    /// <summary>The store could not be read; the last good snapshot stays.</summary>
    Failed,
}
