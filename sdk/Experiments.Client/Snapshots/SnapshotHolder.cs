namespace Experiments.Client.Snapshots;

/// <summary>The one reference that readers of snapshots share. Swapping it is the whole of making a snapshot live.</summary>
internal sealed class SnapshotHolder
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Volatile: a decision reads it once, and whoever sees the reference sees everything that was built before it was stored.
    private volatile CompiledSnapshot? _current;

    public CompiledSnapshot? Current => _current;

    /// <summary>Completes with the first snapshot.</summary>
    public Task Ready => _ready.Task;

    public void Swap(CompiledSnapshot snapshot)
    {
        _current = snapshot;
        _ready.TrySetResult();
    }
}
