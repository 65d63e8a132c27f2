using System.Collections.Concurrent;
using Experiments.Control.Publishing;

namespace Experiments.Control.Tests.Support;

/// <summary>Passes calls on to another store, remembers them, and lets a test come in before each: to fail, to wait, to meddle.</summary>
internal sealed class HookedSnapshotStore(ISnapshotStore inner) : ISnapshotStore
{
    private readonly ConcurrentQueue<StoreCall> _calls = new();
    private int _heldLocks;

    public string Location => inner.Location;

    /// <summary>Called before each call is passed on; what it throws the caller sees.</summary>
    public Func<StoreCall, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    public IReadOnlyList<StoreCall> Calls => [.. _calls];

    /// <summary>Keys in the order in which something was written to them.</summary>
    public IReadOnlyList<string> Written =>
        [.. _calls.Where(call => call.Member is nameof(TryCreateAsync) or nameof(TryReplaceAsync)).Select(call => call.Key)];

    public int HeldLocks => _heldLocks;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(CheckAsync), "", cancellationToken);
        await inner.CheckAsync(cancellationToken);
    }

    public async Task<IDisposable> LockAsync(string environment, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(LockAsync), environment, cancellationToken);
        IDisposable held = await inner.LockAsync(environment, cancellationToken);
        Interlocked.Increment(ref _heldLocks);
        return new Held(() =>
        {
            Interlocked.Decrement(ref _heldLocks);
            held.Dispose();
        });
    }

    public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ReadAsync), key, cancellationToken);
        return await inner.ReadAsync(key, cancellationToken);
    }

    public async Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(TryCreateAsync), key, cancellationToken);
        return await inner.TryCreateAsync(key, content, cancellationToken);
    }

    public async Task<bool> TryReplaceAsync(
        string key, ReadOnlyMemory<byte> content, StoredObject? read, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(TryReplaceAsync), key, cancellationToken);
        return await inner.TryReplaceAsync(key, content, read, cancellationToken);
    }

    public IAsyncEnumerable<StoredVersion> ListVersionsAsync(string folder, CancellationToken cancellationToken) => inner.ListVersionsAsync(folder, cancellationToken);

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(DeleteAsync), key, cancellationToken);
        await inner.DeleteAsync(key, cancellationToken);
    }

    private Task EnterAsync(string member, string key, CancellationToken cancellationToken)
    {
        var call = new StoreCall(member, key);
        _calls.Enqueue(call);
        return Before(call, cancellationToken);
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
