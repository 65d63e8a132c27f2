using System.Collections.Concurrent;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Versions;

/// <summary>
/// What versions were made of. The last one of each environment that was asked for stays in memory: every publish compares with what is
/// live, and to unpack 10,000 flags takes longer than to compile them. A version never changes. Thread-safe.
/// </summary>
internal sealed class VersionContents
{
    private readonly ConcurrentDictionary<Guid, (long Version, EnvironmentContent Content)> _last = new();

    /// <summary>Null where the version was never published, or before its content was kept.</summary>
    public async ValueTask<EnvironmentContent?> FindAsync(IStoreReader reader, Guid environmentId, long version)
    {
        if (_last.TryGetValue(environmentId, out (long Version, EnvironmentContent Content) last) && last.Version == version)
        {
            return last.Content;
        }

        if (await reader.FindVersionContentAsync(environmentId, version) is not { } packed)
        {
            return null;
        }

        EnvironmentContent content = EnvironmentContents.Unpack(packed);
        content = content with
        {
            Experiments = Shared(
                content.Experiments, await reader.GetAllAsync<ExperimentDefinition>(environmentId), static one => (one.Revision, one.UpdatedAt)),
            Flags = Shared(content.Flags, await reader.GetAllAsync<FlagDefinition>(environmentId), static one => (one.Revision, one.UpdatedAt)),
        };
        Note(environmentId, version, content);
        return content;
    }

    /// <summary>Of the live version an empty content where nothing was published, or before contents were kept: nobody must be kept from
    /// publishing by that. Null as for <see cref="FindAsync(IStoreReader, Guid, long)"/>.</summary>
    public async ValueTask<EnvironmentContent?> FindAsync(IStoreReader reader, Guid environmentId, ContentPlace place)
    {
        if (place.IsDraft)
        {
            return await EnvironmentContents.ReadAsync(reader, environmentId);
        }

        if (place.Version is { } version)
        {
            return await FindAsync(reader, environmentId, version);
        }

        EnvironmentContent? content = await reader.FindLiveAsync(environmentId) is { } live
            ? await FindAsync(reader, environmentId, live.Version)
            : null;
        return content ?? new EnvironmentContent();
    }

    /// <summary>The version was kept with this content. An older one does not take the place of a newer one.</summary>
    public void Note(Guid environmentId, long version, EnvironmentContent content) => _last.AddOrUpdate(
        environmentId, (version, content), (_, last) => last.Version > version ? last : (version, content));

    /// <summary>What was not written since is the object that the store has: nobody has to compare the two, and it is in memory once. The
    /// revision alone would not do, for what was deleted and came back counts from 1 again.</summary>
    private static T[] Shared<T>(IReadOnlyList<T> kept, IReadOnlyList<T> stored, Func<T, (long Revision, DateTimeOffset UpdatedAt)> state)
        where T : class, IDefinition
    {
        var byId = stored.ToDictionary(static one => one.Id);
        return [.. kept.Select(one => byId.TryGetValue(one.Id, out T? now) && state(now) == state(one) ? now : one)];
    }
}
