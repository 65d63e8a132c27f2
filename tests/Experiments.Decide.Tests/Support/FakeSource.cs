using System.Collections.Concurrent;
using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;

namespace Experiments.Decide.Tests.Support;

/// <summary>A store in memory that can hang, fail and count.</summary>
internal sealed class FakeSource : ISnapshotSource, IDisposable
{
    private readonly ConcurrentDictionary<string, SourceObject> _objects = new(StringComparer.Ordinal);
    private TaskCompletionSource? _hanging;
    private int _reads;
    private int _underWay;
    private int _mostUnderWay;

    public string Location => "fake";

    /// <summary>Why reads fail; null where they do not.</summary>
    public string? Failure { get; set; }

    public int Reads => _reads;

    public int MostUnderWay => _mostUnderWay;

    public bool IsDisposed { get; private set; }

    public void Publish(string environment, long version)
    {
        byte[] snapshot = Encoding.UTF8.GetBytes(SnapshotStore.Snapshot(environment, version, SnapshotStore.Everyone));
        _objects[SnapshotKeys.Snapshot(environment, version)] = SourceObject.Found(snapshot, etag: null);
        _objects[SnapshotKeys.Pointer(environment)] = SourceObject.Found(Encoding.UTF8.GetBytes($$"""{"version":{{version}}}"""), etag: null);
    }

    /// <summary>From now on reads wait.</summary>
    public void Hang() => _hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets those that wait go on.</summary>
    public void Release()
    {
        TaskCompletionSource? hanging = _hanging;
        _hanging = null;
        hanging?.TrySetResult();
    }

    public async ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        int underWay = Interlocked.Increment(ref _underWay);
        lock (_objects)
        {
            _mostUnderWay = Math.Max(_mostUnderWay, underWay);
        }

        try
        {
            await Task.Yield();
            if (_hanging is { } hanging)
            {
                await hanging.Task.WaitAsync(cancellationToken);
            }

            return Failure is { } failure ? throw new IOException(failure) : _objects.GetValueOrDefault(key, SourceObject.Missing);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Dispose() => IsDisposed = true;
}
