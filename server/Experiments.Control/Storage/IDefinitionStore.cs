namespace Experiments.Control.Storage;

/// <summary>
/// Keeps definitions, what of them is published, and what is not yet. Thread-safe. Every implementation runs the same contract tests.
/// </summary>
internal interface IDefinitionStore : IAsyncDisposable
{
    /// <summary>Runs reads that all see one state of the store.</summary>
    Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="ReadAsync"/>, for what writes out what it reads: <paramref name="read"/> is never run a second time, where the other one
    /// may be when the connection breaks.</summary>
    Task<T> ReadOnceAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) => ReadAsync(read, cancellationToken);

    /// <summary>
    /// Runs reads and writes as one transaction: all of it is kept, or nothing. Transactions do not interleave, so what
    /// <paramref name="write"/> reads cannot change before it writes. It may be run again after a conflict, so it must do nothing
    /// outside the store. An exception from it undoes everything and is passed on. What has returned survives a crash.
    /// </summary>
    /// <param name="write">Awaits nothing but the writer: an implementation may hold a lock that belongs to the thread.</param>
    /// <param name="cancellationToken">Ends the wait for the transaction to begin; one that has begun ends by itself.</param>
    Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default);

    /// <summary>Makes sure that a transaction can be written, without changing anything.</summary>
    /// <exception cref="StoreFailureException">It cannot.</exception>
    Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>Fills a store as one transaction.</summary>
    /// <param name="restore">Awaits nothing but what it is given.</param>
    /// <param name="cancellationToken">Ends the wait for the transaction to begin.</param>
    Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This store cannot be restored.");

    // What follows is as a store is that one server has for itself.

    /// <summary>Waits until no other server that uses the store publishes the environment, and keeps others from it until the result is disposed, or
    /// this server is gone or stands still.</summary>
    Task<IAsyncDisposable> LockPublishingAsync(Guid environmentId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IAsyncDisposable>(NoLock.Instance);

    /// <summary>Whether this server is the one that does what only one has to do. It becomes that where there is none, and stays it for as long as it
    /// asks again every few seconds.</summary>
    Task<bool> LeadsAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);

    /// <summary>Tells of each publish that another server has written down, soon after it did. Ends with the token, or throws when it cannot go on; what
    /// was published while nobody watched is not told of.</summary>
    /// <param name="told">Gets the id of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task WatchPublishesAsync(Action<Guid> told, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
