using Experiments.Control.Storage;

namespace Experiments.Control.Auditing;

/// <summary>A store that writes down every change in its own transaction, and makes none that the caller did not mean.</summary>
internal sealed class AuditedStore(IDefinitionStore store, Callers callers, TimeProvider time) : IDefinitionStore
{
    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        store.ReadAsync(read, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="PreconditionFailedException">The caller meant another state of the resource.</exception>
    /// <exception cref="DefinitionTooLargeException">A definition would be more than its history can keep.</exception>
    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default)
    {
        Caller caller = callers.Current;
        return store.WriteAsync(writer => write(new AuditingWriter(writer, caller, time)), cancellationToken);
    }

    public Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) => store.RestoreAsync(restore, cancellationToken);

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => store.InspectAsync(cancellationToken);

    public Task<IAsyncDisposable> LockPublishingAsync(Guid environmentId, CancellationToken cancellationToken = default) =>
        store.LockPublishingAsync(environmentId, cancellationToken);

    public Task<bool> LeadsAsync(CancellationToken cancellationToken = default) => store.LeadsAsync(cancellationToken);

    public Task WatchPublishesAsync(Func<Guid, Task> told, CancellationToken cancellationToken) => store.WatchPublishesAsync(told, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
