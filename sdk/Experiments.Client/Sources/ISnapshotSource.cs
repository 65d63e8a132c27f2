namespace Experiments.Client.Sources;

/// <summary>Reads objects of a snapshot store. Which objects, in which order and what they must hold is the poller's business, so it is
/// the same for every kind of store. Thread-safe.</summary>
internal interface ISnapshotSource
{
    /// <summary>Names the store in logs, and tells apart the last-good files of different stores.</summary>
    string Location { get; }

    /// <summary>Reads one object.</summary>
    /// <param name="key">See <see cref="Snapshots.SnapshotKeys"/>.</param>
    /// <param name="etag">Of the content that the caller holds; null where it holds none.</param>
    /// <param name="maxBytes">An object that is larger is an <see cref="InvalidDataException"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Exception">Any, where the store cannot be read.</exception>
    ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The same, and says that bytes still arrive: tells a slow store from one that fell silent. By default it says nothing.</summary>
    /// <param name="key"><inheritdoc cref="ReadAsync(string, string?, int, CancellationToken)"/></param>
    /// <param name="etag"><inheritdoc cref="ReadAsync(string, string?, int, CancellationToken)"/></param>
    /// <param name="maxBytes"><inheritdoc cref="ReadAsync(string, string?, int, CancellationToken)"/></param>
    /// <param name="onBytes">Called after each piece, only before the read has ended.</param>
    /// <param name="cancellationToken"><inheritdoc cref="ReadAsync(string, string?, int, CancellationToken)"/></param>
    ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, Action onBytes, CancellationToken cancellationToken) =>
        ReadAsync(key, etag, maxBytes, cancellationToken);
}
