using System.Text.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Sources;
using Experiments.Control.Operations;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Explaining;

/// <summary>Snapshots as readers get them: from the snapshot store, through the readers' own loader. Thread-safe.</summary>
internal sealed partial class StoredSnapshots(ISnapshotSource source, TimeProvider time, ILogger<StoredSnapshots> logger)
{
    private const int MaxPointerBytes = 64 * 1024;
    private const int MaxSnapshotBytes = 512 * 1024 * 1024;

    // A store that hangs is one that cannot be read.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    private readonly LoadedSnapshots _loaded = new();

    /// <param name="environment">Its name.</param>
    /// <param name="version">Null is the live one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Not found where there is no such version, or where nothing is live.</returns>
    public async Task<Result<CompiledSnapshot>> FindAsync(string environment, long? version, CancellationToken cancellationToken)
    {
        try
        {
            if ((version ?? await ReadLiveVersionAsync(environment, cancellationToken)) is not { } number)
            {
                return new DomainError(DomainErrorCode.NotFound, $"Nothing is published of environment \"{environment}\".");
            }

            Result<CompiledSnapshot>? found = await LoadAsync(environment, number, cancellationToken);
            return found ?? (version is null
                ? new DomainError(DomainErrorCode.Unavailable, $"Version {number} of environment \"{environment}\" is live but not in the snapshot store.")
                : new DomainError(DomainErrorCode.NotFound, $"There is no version {number} of environment \"{environment}\"."));
        }
#pragma warning disable CA1031 // Whatever a store throws: it is not there, and the caller is to try again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogUnreadable(logger, source.Location, exception);
            return new DomainError(DomainErrorCode.Unavailable, "The snapshot store cannot be read.");
        }
    }

    /// <summary>Null where nothing is.</summary>
    private async Task<long?> ReadLiveVersionAsync(string environment, CancellationToken cancellationToken)
    {
        SourceObject pointer = await ReadAsync(SnapshotKeys.Pointer(environment), etag: null, MaxPointerBytes, cancellationToken);
        return pointer.Status == SourceObjectStatus.Found
            ? JsonSerializer.Deserialize(SnapshotReader.WithoutMark(pointer.Content).Span, SnapshotJsonContext.Default.PointerDocument)!.Version
            : null;
    }

    /// <summary>Null where there is no such version.</summary>
    private async Task<Result<CompiledSnapshot>?> LoadAsync(string environment, long version, CancellationToken cancellationToken)
    {
        string key = SnapshotKeys.Snapshot(environment, version);
        LoadedSnapshot? kept = _loaded.Find(key);
        SourceObject stored = await ReadAsync(key, kept?.ETag, MaxSnapshotBytes, cancellationToken);
        if (stored.Status == SourceObjectStatus.NotModified)
        {
            return kept!.Snapshot;
        }

        if (stored.Status != SourceObjectStatus.Found)
        {
            return null;
        }

        SnapshotLoad load = SnapshotReader.Read(stored.Content, environment, version);
        if (!load.IsAccepted)
        {
            return new DomainError(
                DomainErrorCode.Unavailable,
                $"Version {version} of environment \"{environment}\" is damaged in the snapshot store: {string.Join("; ", load.Faults)}.");
        }

        if (stored.ETag is { } etag)
        {
            _loaded.Keep(new LoadedSnapshot(key, etag, load.Snapshot));
        }

        return load.Snapshot;
    }

    private async Task<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await source.ReadAsync(key, etag, maxBytes, either.Token);
    }

    [LoggerMessage(2007, LogLevel.Warning, "The snapshot store {Location} cannot be read")]
    private static partial void LogUnreadable(ILogger logger, string location, Exception exception);
}
