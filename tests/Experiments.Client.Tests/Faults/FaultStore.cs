using Experiments.Client.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Tests.Faults;

/// <summary>A store that tests publish to behind the proxy's back.</summary>
internal abstract class FaultStore : IAsyncDisposable
{
    /// <summary>Of the server behind the proxy; null where there is none.</summary>
    public virtual string? Upstream => null;

    /// <summary>Chooses this store as the source.</summary>
    /// <param name="builder">Of the environment.</param>
    /// <param name="url">Of the proxy.</param>
    public abstract void Use(ExperimentsBuilder builder, string url);

    public abstract Task PutAsync(string key, byte[] content);

    public abstract Task DeleteAsync(string key);

    /// <summary>Object, then pointer.</summary>
    public async Task PublishAsync(long version, string environment = SnapshotJson.Environment, byte[]? content = null)
    {
        content ??= FaultSnapshots.Of(version, environment);
        await PutAsync(SnapshotKeys.Snapshot(environment, version), content);
        await PutAsync(SnapshotKeys.Pointer(environment), FaultSnapshots.PointerTo(version, content));
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
