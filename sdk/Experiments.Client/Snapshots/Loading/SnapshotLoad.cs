using System.Diagnostics.CodeAnalysis;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>What came of reading a snapshot: it is accepted whole or rejected whole.</summary>
internal readonly record struct SnapshotLoad
{
    private readonly IReadOnlyList<string>? _faults;

    public SnapshotLoad(CompiledSnapshot snapshot) => Snapshot = snapshot;

    public SnapshotLoad(IReadOnlyList<string> faults) => _faults = faults;

    /// <summary>Null where it was rejected.</summary>
    public CompiledSnapshot? Snapshot { get; }

    /// <summary>Everything that is wrong, each with the path to it; empty where the snapshot was accepted.</summary>
    public IReadOnlyList<string> Faults => _faults ?? [];

    [MemberNotNullWhen(true, nameof(Snapshot))]
    public bool IsAccepted => Snapshot is not null;
}
