namespace Experiments.Control.Storage;

/// <summary>What became of one version of an environment: an entry of its audit trail.</summary>
internal sealed record PublicationRecord
{
    public required Guid EnvironmentId { get; init; }

    public required long Version { get; init; }

    public PublicationStatus Status { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The time that the snapshot carries; null until it is published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Of the snapshot object, in hex.</summary>
    public string? Sha256 { get; init; }

    public int ExperimentCount { get; init; }

    public int FlagCount { get; init; }

    /// <summary>Who published it, or made the change that did.</summary>
    public string? Actor { get; init; }

    /// <summary>Why; null where nobody said.</summary>
    public string? Note { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
