namespace Experiments.Control.Storage;

/// <summary>Of what needs no lock.</summary>
internal sealed class NoLock : IDisposable, IAsyncDisposable
{
    private NoLock()
    {
    }

    public static NoLock Instance { get; } = new();

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => default;
}
