using Experiments.Client;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Experiments.Control.Versions;

namespace Experiments.Dashboard.Session;

/// <summary>Contents of environments as the SDK decides from them. The last one that was asked for is kept, one for each circuit.</summary>
internal sealed class TryReading(IDefinitionStore store, VersionContents contents, SnapshotLoading loading)
{
    private (Guid EnvironmentId, bool IsDraft, long Stamp, TrySnapshot Snapshot)? _last;

    /// <returns>Not found where nothing is live or the version was not kept; not allowed where the draft cannot be published.</returns>
    public async Task<Result<TrySnapshot>> FindAsync(EnvironmentDefinition environment, ContentPlace place)
    {
        (long? version, long stamp) = await store.ReadAsync(reader => StampAsync(reader, environment.Id, place));
        if (version is null && !place.IsDraft)
        {
            return new DomainError(DomainErrorCode.NotFound, $"Nothing is published of {environment.Name} yet. Try the draft.");
        }

        if (_last is { } last && last.EnvironmentId == environment.Id && last.IsDraft == place.IsDraft && last.Stamp == stamp)
        {
            return last.Snapshot;
        }

        EnvironmentContent? content = await store.ReadAsync(async reader => version is { } number
            ? await contents.FindAsync(reader, environment.Id, number)
            : await EnvironmentContents.ReadAsync(reader, environment.Id));
        if (content is null)
        {
            return new DomainError(
                DomainErrorCode.NotFound, $"There is no content of version {version}: it was never published, or before contents were kept.");
        }

        Result<IFeatureDecider> decider = await loading.LoadAsync(environment, content, version ?? 1);
        if (!decider.IsSuccess)
        {
            return decider.Error;
        }

        var snapshot = new TrySnapshot(version, content, decider.Value);
        _last = (environment.Id, place.IsDraft, stamp, snapshot);
        return snapshot;
    }

    /// <summary>What tells one content from another: the version, or for the draft the last change.</summary>
    private static async ValueTask<(long? Version, long Stamp)> StampAsync(IStoreReader reader, Guid environmentId, ContentPlace place)
    {
        if (place.IsDraft)
        {
            StorePage<AuditEntry> newest = await reader.ListAuditAsync(new AuditFilter { EnvironmentId = environmentId }, new PageRange(0, 1));
            return (null, newest.Items is [var entry] ? entry.Sequence : 0);
        }

        long? version = place.Version ?? (await reader.FindLiveAsync(environmentId))?.Version;
        return (version, version ?? 0);
    }
}
