namespace Experiments.Control.Publishing;

/// <summary>Writes objects of a snapshot store, each write whole or not at all. Which objects, and in which order, is the same for every
/// kind of store: see <see cref="SnapshotObjects"/>. Thread-safe.</summary>
internal interface ISnapshotStore
{
    /// <summary>For people.</summary>
    string Location { get; }

    /// <summary>Makes sure that the store can be used, as far as that can be told without writing an object.</summary>
    /// <exception cref="IOException">It cannot; so does whatever else a kind of store throws then.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Keeps other publishers out of the environment where the store itself cannot compare before it writes.</summary>
    Task<IDisposable> LockAsync(string environment, CancellationToken cancellationToken);

    /// <summary>Null where there is no such object.</summary>
    Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Creates an object that must not exist yet.</summary>
    /// <returns>False where it exists; it is left as it is.</returns>
    Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The snapshots in a folder, in any order: objects named by a version. Others are left out.</summary>
    IAsyncEnumerable<StoredVersion> ListVersionsAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that is not there is no fault.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Replaces an object that was read before.</summary>
    /// <param name="key">Of the object.</param>
    /// <param name="content">Of the object from now on.</param>
    /// <param name="read">What was read; null where there was no object.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where it has been written since.</returns>
    Task<bool> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, StoredObject? read, CancellationToken cancellationToken);
}
