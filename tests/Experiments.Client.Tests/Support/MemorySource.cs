using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;

namespace Experiments.Client.Tests;

/// <summary>A snapshot store in memory, with ETags, that counts its reads and can be told to answer otherwise.</summary>
internal sealed class MemorySource : ISnapshotSource
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Key, string? ETag)> _reads = new();

    public string Location => "memory";

    /// <summary>Every read so far.</summary>
    public IReadOnlyCollection<(string Key, string? ETag)> Reads => _reads;

    public int PointerReads => _reads.Count(read => read.Key == SnapshotKeys.Pointer(SnapshotJson.Environment));

    /// <summary>Where it is set and answers something, that is the answer of a read; it may throw or wait.</summary>
    public Func<string, CancellationToken, Task<SourceObject?>>? Answer { get; set; }

    /// <summary>What the last read of a snapshot calls when bytes arrive.</summary>
    public Action? Progress { get; private set; }

    public void Put(string key, byte[] content) => _objects[key] = content;

    public void Remove(string key) => _objects.TryRemove(key, out _);

    public void PutPointer(string json) => Put(SnapshotKeys.Pointer(SnapshotJson.Environment), Encoding.UTF8.GetBytes(json));

    /// <summary>Publishes a snapshot: object, then pointer.</summary>
    /// <param name="version">Of the pointer and, where no content is given, of the snapshot.</param>
    /// <param name="content">The snapshot object.</param>
    /// <param name="sha256">What the pointer says; null is the right one, empty leaves it out as the older platform does.</param>
    public void Publish(long version, byte[]? content = null, string? sha256 = null)
    {
        content ??= SnapshotJson.Of($"[{SnapshotJson.Serving("k", $"{version}")}]", version);
        Put(SnapshotKeys.Snapshot(SnapshotJson.Environment, version), content);
        sha256 ??= Convert.ToHexStringLower(SHA256.HashData(content));
        string sha256Member = sha256.Length == 0 ? "" : $",\"sha256\":\"{sha256}\"";
        PutPointer(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":{version}{sha256Member}}}"));
    }

    public ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, Action onBytes, CancellationToken cancellationToken)
    {
        Progress = onBytes;
        return ReadAsync(key, etag, maxBytes, cancellationToken);
    }

    public async ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
    {
        _reads.Enqueue((key, etag));
        if (Answer is { } answer && await answer(key, cancellationToken) is { } answered)
        {
            return answered;
        }

        if (!_objects.TryGetValue(key, out byte[]? content))
        {
            return SourceObject.Missing;
        }

        string current = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        return current == etag ? SourceObject.NotModified : SourceObject.Found(content, current);
    }
}
