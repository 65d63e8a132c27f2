using Experiments.Control.Storage;

namespace Experiments.Server.Tests.Support;

/// <summary>A definition store that never answers and does not hear when it is told to stop.</summary>
internal sealed class HangingStore : IDefinitionStore
{
    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        new TaskCompletionSource<T>().Task;

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        new TaskCompletionSource<T>().Task;

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => new TaskCompletionSource<StoreCondition>().Task;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
