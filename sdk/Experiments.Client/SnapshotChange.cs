namespace Experiments.Client;

/// <summary>A snapshot has taken effect.</summary>
public sealed record SnapshotChange
{
    /// <summary>Version before; 0 where there was none.</summary>
    public required long PreviousVersion { get; init; }

    /// <summary>Version now.</summary>
    public required long SnapshotVersion { get; init; }

    /// <summary>Keys of flags and experiments that were added, removed or changed, or that depend on something that was: an audience, a
    /// hash, another flag. In ordinal order. Their decisions may be the same for many users.</summary>
    public required IReadOnlyList<string> ChangedKeys { get; init; }
}
