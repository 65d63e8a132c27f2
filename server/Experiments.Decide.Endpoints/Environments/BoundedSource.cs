using Experiments.Client.Sources;

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Limits how many reads of a store are under way at once, over all environments: a store that hangs then holds that many
/// reads, and not one for each environment and each made-up name.</summary>
internal sealed class BoundedSource(ISnapshotSource inner, int maxReads) : ISnapshotSource, IDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reads = new(maxReads);

    public string Location => inner.Location;

    public async ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
    {
        await _reads.WaitAsync(cancellationToken);
        try
        {
            return await inner.ReadAsync(key, etag, maxBytes, cancellationToken);
        }
        finally
        {
            _reads.Release();
        }
    }

    public async ValueTask<SourceObject> ReadAsync(
        string key, string? etag, int maxBytes, Action onBytes, CancellationToken cancellationToken)
    {
        // Waiting in line is not the store's silence.
        while (!await _reads.WaitAsync(SignOfLife, cancellationToken))
        {
            onBytes();
        }

        try
        {
            onBytes();
            return await inner.ReadAsync(key, etag, maxBytes, onBytes, cancellationToken);
        }
        finally
        {
            _reads.Release();
        }
    }

    public void Dispose()
    {
        _reads.Dispose();
        (inner as IDisposable)?.Dispose();
    }
}
