using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Support;

/// <summary>Passes on to another store, and fails the writes from one on: a disk that fills up half-way through a publish.</summary>
/// <param name="inner">The store.</param>
/// <param name="goodWrites">How many writes succeed.</param>
internal sealed class FailingDefinitionStore(IDefinitionStore inner, int goodWrites) : IDefinitionStore
{
    private int _writes;

    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        ++_writes <= goodWrites ? inner.WriteAsync(write, cancellationToken) : Task.FromException<T>(new StoreFailureException("disk full"));

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
