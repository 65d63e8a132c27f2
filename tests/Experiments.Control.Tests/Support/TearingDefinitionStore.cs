using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Support;

/// <summary>Passes on to another store, and fails in the middle of a transaction: a disk that is full after some of its changes.</summary>
internal sealed class TearingDefinitionStore(IDefinitionStore inner) : IDefinitionStore
{
    /// <summary>How many more changes the store takes.</summary>
    public int ChangesLeft { get; set; } = int.MaxValue;

    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(writer => write(new Writer(writer, this)), cancellationToken);

    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Writer(IStoreWriter inner, TearingDefinitionStore store) : DelegatingWriter(inner)
    {
        public override ValueTask<T?> InsertAsync<T>(T definition, bool keepsSequence = false)
            where T : class
        {
            Count();
            return base.InsertAsync(definition, keepsSequence);
        }

        public override ValueTask<T?> UpdateAsync<T>(T definition)
            where T : class
        {
            Count();
            return base.UpdateAsync(definition);
        }

        public override ValueTask DeleteAsync<T>(T definition)
        {
            Count();
            return base.DeleteAsync(definition);
        }

        private void Count()
        {
            if (--store.ChangesLeft < 0)
            {
                throw new StoreFailureException("disk full");
            }
        }
    }
}
