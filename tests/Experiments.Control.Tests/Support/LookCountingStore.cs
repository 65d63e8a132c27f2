using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Support;

/// <summary>Counts how often somebody has asked a store for what is unpublished.</summary>
internal sealed class LookCountingStore(IDefinitionStore inner) : IDefinitionStore
{
    private int _looks;

    public int Looks => Volatile.Read(ref _looks);

    /// <summary>Answers who asks whether its server leads.</summary>
    public Func<bool> Leads { get; init; } = static () => true;

    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default)
    {
        if (typeof(T) == typeof(IReadOnlyList<PublishState>))
        {
            Interlocked.Increment(ref _looks);
        }

        return inner.ReadAsync(read, cancellationToken);
    }

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(write, cancellationToken);

    public Task<bool> LeadsAsync(CancellationToken cancellationToken = default) => Task.FromResult(Leads());

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
