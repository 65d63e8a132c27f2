using Experiments.Control.Storage;

namespace Experiments.Control.Diagnostics;

/// <summary>A store whose transactions are measured.</summary>
internal sealed class MeasuredStore(IDefinitionStore store, ControlMetrics metrics, TimeProvider time) : IDefinitionStore
{
    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        MeasureAsync("read", () => store.ReadAsync(read, cancellationToken));

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        MeasureAsync("write", () => store.WriteAsync(write, cancellationToken));

    public Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) => store.RestoreAsync(restore, cancellationToken);

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => store.InspectAsync(cancellationToken);

    public Task<IAsyncDisposable> LockPublishingAsync(Guid environmentId, CancellationToken cancellationToken = default) =>
        store.LockPublishingAsync(environmentId, cancellationToken);

    public Task<bool> LeadsAsync(CancellationToken cancellationToken = default) => store.LeadsAsync(cancellationToken);

    public Task WatchPublishesAsync(Func<Guid, Task> told, CancellationToken cancellationToken) => store.WatchPublishesAsync(told, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> run)
    {
        long start = time.GetTimestamp();
        bool isSuccess = false;
        try
        {
            T result = await run();
            isSuccess = true;
            return result;
        }
        finally
        {
            metrics.RecordStore(operation, isSuccess, time.GetElapsedTime(start));
        }
    }
}
