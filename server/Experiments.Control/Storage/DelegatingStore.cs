namespace Experiments.Control.Storage;

/// <summary>Passes everything on to another store; what derives from it does something of its own with some of it.</summary>
internal abstract class DelegatingStore(IDefinitionStore inner) : IDefinitionStore
{
    public virtual Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(read, cancellationToken);

    public virtual Task<T> ReadOnceAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        inner.ReadOnceAsync(read, cancellationToken);

    public virtual Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(write, cancellationToken);

    public virtual Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) =>
        inner.RestoreAsync(restore, cancellationToken);

    public virtual Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

    public virtual Task<IAsyncDisposable> LockPublishingAsync(Guid environmentId, CancellationToken cancellationToken = default) =>
        inner.LockPublishingAsync(environmentId, cancellationToken);

    public virtual Task<bool> LeadsAsync(CancellationToken cancellationToken = default) => inner.LeadsAsync(cancellationToken);

    public virtual Task WatchPublishesAsync(Action<Guid> told, CancellationToken cancellationToken) => inner.WatchPublishesAsync(told, cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
