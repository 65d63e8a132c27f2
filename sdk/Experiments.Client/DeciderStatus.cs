namespace Experiments.Client;

/// <summary>How a decider is doing at one moment.</summary>
public sealed record DeciderStatus
{
    /// <summary>Whether it decides, and from how fresh a snapshot.</summary>
    public required DeciderReadiness Readiness { get; init; }

    /// <summary>Version of the snapshot in memory; 0 while there is none.</summary>
    public required long SnapshotVersion { get; init; }

    /// <summary>Time since the source last confirmed that the snapshot in memory is the live one, by a clock that never jumps;
    /// <see langword="null"/> where it has not yet, as with one from the last-good file or an embedded one.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Why the last look at the source failed or was refused, in one line; <see langword="null"/> where all is well.</summary>
    public string? LastError { get; init; }
}
