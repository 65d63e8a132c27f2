using Experiments.Control.Storage;

namespace Experiments.Control.Auditing;

/// <summary>A store that writes down every change in its own transaction, and makes none that the caller did not mean.</summary>
internal sealed class AuditedStore(IDefinitionStore store, Callers callers, TimeProvider time) : DelegatingStore(store)
{
    /// <inheritdoc/>
    /// <exception cref="PreconditionFailedException">The caller meant another state of the resource.</exception>
    /// <exception cref="DefinitionTooLargeException">A definition would be more than its history can keep.</exception>
    public override Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default)
    {
        Caller caller = callers.Current;
        return base.WriteAsync(writer => write(new AuditingWriter(writer, caller, time)), cancellationToken);
    }
}
