namespace Experiments.Client.Snapshots;

/// <summary>The one reference that readers of snapshots share. Swapping it is the whole of making a snapshot live.</summary>
/// <param name="overrides">Variants set by hand; null sets none.</param>
internal sealed class SnapshotHolder(IReadOnlyDictionary<string, string?>? overrides = null)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Volatile: a decision reads it once, and whoever sees the reference sees everything that was built before it was stored.
    private volatile CompiledSnapshot? _current;

    public CompiledSnapshot? Current => _current;

    /// <summary>Completes with the first snapshot.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Given each snapshot before it is swapped in, on the thread that swaps: for what must be ready when the first decision
    /// sees it.</summary>
    public Action<CompiledSnapshot>? Swapping { get; init; }

    /// <summary>Told of each swap, with the snapshot before, on the thread that swaps.</summary>
    public Action<CompiledSnapshot?, CompiledSnapshot>? Swapped { get; set; }

    /// <summary>Not thread-safe: one thread loads.</summary>
    public void Swap(CompiledSnapshot snapshot)
    {
        CompiledSnapshot? previous = _current;
        snapshot = overrides is null ? snapshot : SnapshotOverrides.Apply(snapshot, overrides);
        Swapping?.Invoke(snapshot);
        _current = snapshot;
        _ready.TrySetResult();
        Swapped?.Invoke(previous, snapshot);
    }
}
