using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Support;

/// <summary>A definition store whose disk is gone.</summary>
internal sealed class BrokenDefinitionStore(string message) : IDefinitionStore
{
    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        Task.FromException<T>(new StoreFailureException(message));

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        Task.FromException<T>(new StoreFailureException(message));

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) =>
        Task.FromException<StoreCondition>(new StoreFailureException(message));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
