using System.Globalization;
using System.Text;
using Experiments.Control.Publishing;

namespace Experiments.Control.Tests.Support;

/// <summary>A snapshot store that lives as long as the test. Like S3 it compares and writes in one step and has no lock.</summary>
internal sealed class MemorySnapshotStore : ISnapshotStore, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private int _writes;

    public string Location => "memory";

    public string? this[string key]
    {
        get
        {
            lock (_lock)
            {
                return _objects.TryGetValue(key, out StoredObject? stored) ? Encoding.UTF8.GetString(stored.Content.Span) : null;
            }
        }

        set
        {
            lock (_lock)
            {
                Store(key, Encoding.UTF8.GetBytes(value!));
            }
        }
    }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_lock)
            {
                return [.. _objects.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IDisposable> LockAsync(string environment, CancellationToken cancellationToken) => Task.FromResult<IDisposable>(this);

    public Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_objects.GetValueOrDefault(key));
        }
    }

    public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        TryReplaceAsync(key, content, null, cancellationToken);

    public Task<bool> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, StoredObject? read, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            bool isUnchanged = _objects.GetValueOrDefault(key)?.ETag == read?.ETag;
            if (isUnchanged)
            {
                Store(key, content.ToArray());
            }

            return Task.FromResult(isUnchanged);
        }
    }

    public IAsyncEnumerable<StoredVersion> ListVersionsAsync(string folder, CancellationToken cancellationToken) =>
        Keys.Where(key => key.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(key => (Key: key, Version: StoredVersion.VersionOf(key[(folder.Length + 1)..])))
            .Where(static one => one.Version is not null)
            .Select(one => new StoredVersion(one.Version!.Value, DateTimeOffset.UnixEpoch, this[one.Key]!.Length))
            .ToAsyncEnumerable();

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _objects.Remove(key);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    private void Store(string key, byte[] content) =>
        _objects[key] = new StoredObject(content, (++_writes).ToString(CultureInfo.InvariantCulture));
}
