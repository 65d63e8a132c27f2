using Experiments.Control.Storage;

namespace Experiments.Control.Diagnostics;

/// <summary>A store whose transactions are measured.</summary>
internal sealed class MeasuredStore(IDefinitionStore store, ControlMetrics metrics, TimeProvider time) : DelegatingStore(store)
{
    public override Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        MeasureAsync("read", () => base.ReadAsync(read, cancellationToken));

    // Apart from the others: a backup takes as long as the store is large.
    public override Task<T> ReadOnceAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        MeasureAsync("read_once", () => base.ReadOnceAsync(read, cancellationToken));

    public override Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        MeasureAsync("write", () => base.WriteAsync(write, cancellationToken));

    // Not a task that runs already: a store may do all of its work before it answers one.
    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> transact)
    {
        long start = time.GetTimestamp();
        bool isSuccess = false;
        try
        {
            T result = await transact();
            isSuccess = true;
            return result;
        }
        finally
        {
            metrics.RecordStore(operation, isSuccess, time.GetElapsedTime(start));
        }
    }
}
