using System.Security.Cryptography;
using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Control.Definitions;

namespace Experiments.Control.Publishing;

/// <summary>
/// The objects of one environment and the order in which they are written: the immutable snapshot, <c>latest.json</c>, and the pointer
/// last. Whoever sees the pointer finds the snapshot; a publisher that dies half-way leaves the pointer where it was.
/// </summary>
internal sealed class SnapshotObjects(ISnapshotStore store, string environment)
{
    private delegate T ValueReading<T>(ref Utf8JsonReader reader);

    // Only another publisher makes a replacement fail, and each time it has moved the version up.
    private const int MaxReplaceAttempts = 10;

    /// <summary>The highest version that readers may have seen; 0 where nothing was published.</summary>
    public async Task<long> GetHighestVersionAsync(CancellationToken cancellationToken) => Math.Max(
        VersionOf(await store.ReadAsync(SnapshotKeys.Pointer(environment), cancellationToken)),
        VersionOf(await store.ReadAsync(SnapshotKeys.Latest(environment), cancellationToken)));

    /// <summary>The version that readers are sent to; 0 where the pointer cannot be read.</summary>
    public async Task<long> GetLiveVersionAsync(CancellationToken cancellationToken) =>
        VersionOf(await store.ReadAsync(SnapshotKeys.Pointer(environment), cancellationToken));

    /// <summary>Writes the three objects in their order.</summary>
    /// <returns>The pointer's sha256; null where the version's object exists already, and then nothing was written.</returns>
    public async Task<string?> TryWriteAsync(
        long version, ReadOnlyMemory<byte> content, DateTimeOffset publishedAt, CancellationToken cancellationToken)
    {
        if (!await store.TryCreateAsync(SnapshotKeys.Snapshot(environment, version), content, cancellationToken))
        {
            return null;
        }

        if (!await IsKeptAsync(version, content, UtcTime.Write(publishedAt), cancellationToken))
        {
            return null;
        }

        var pointer = new PointerDocument
        {
            Version = version,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            PublishedAt = UtcTime.Write(publishedAt),
        };
        await RaiseAsync(SnapshotKeys.Latest(environment), version, content, cancellationToken);
        await RaiseAsync(
            SnapshotKeys.Pointer(environment),
            version,
            JsonSerializer.SerializeToUtf8Bytes(pointer, SnapshotJsonContext.Default.PointerDocument),
            cancellationToken);
        return pointer.Sha256;
    }

    /// <summary>Before anybody is told of it: a store that acknowledges a write has not always kept it.</summary>
    /// <returns>False where another publisher's snapshot of this version is there: a store need not be exact about who came first.</returns>
    private async Task<bool> IsKeptAsync(long version, ReadOnlyMemory<byte> written, string publishedAt, CancellationToken cancellationToken)
    {
        string key = SnapshotKeys.Snapshot(environment, version);
        StoredObject? read = await store.ReadAsync(key, cancellationToken);
        if (read is not null && read.Content.Span.SequenceEqual(written.Span))
        {
            return true;
        }

        // What was published at the same millisecond is ours, damaged.
        return VersionOf(read) == version && Find(read, "publishedAt"u8, TextIn) is { } at && at != publishedAt
            ? false
            : throw new IOException($"{key} was written, but {(read is null ? "it cannot be read back" : "other bytes are read back")}. The pointer was left as it was.");
    }

    /// <summary>Replaces an object by one of a higher version; a higher one that is there already stays.</summary>
    private async Task RaiseAsync(string key, long version, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxReplaceAttempts; attempt++)
        {
            StoredObject? current = await store.ReadAsync(key, cancellationToken);
            if (VersionOf(current) >= version || await store.TryReplaceAsync(key, content, current, cancellationToken))
            {
                return;
            }
        }

        throw new IOException($"{key} was changed by others {MaxReplaceAttempts} times in a row.");
    }

    /// <summary>The <c>version</c> member of a pointer or snapshot; 0 where there is none, so that a damaged object can be replaced.</summary>
    private static long VersionOf(StoredObject? stored) => Find(stored, "version"u8, VersionIn);

    private static long VersionIn(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && WholeNumberConverter.TryRead(ref reader, out long version) ? version : 0;

    private static string? TextIn(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    /// <summary>What a member of the object at the top has for a value; the default where there is none.</summary>
    private static T? Find<T>(StoredObject? stored, ReadOnlySpan<byte> name, ValueReading<T> read)
    {
        if (stored is null)
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(stored.Content.Span, new JsonReaderOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                bool isMeant = reader.ValueTextEquals(name);
                reader.Read();
                if (isMeant)
                {
                    return read(ref reader);
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a member's name with half of a surrogate pair, which cannot be compared: damaged.
        }

        return default;
    }
}
