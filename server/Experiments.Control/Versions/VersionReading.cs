using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Versions;

/// <summary>Reads what versions were made of.</summary>
internal static class VersionReading
{
    // Failed attempts between two versions that were published; more in a row are looked through page by page.
    private const int PageSize = 100;

    /// <summary>The highest version that was published; null where none was.</summary>
    public static async ValueTask<PublicationRecord?> FindLiveAsync(this IStoreReader reader, Guid environmentId)
    {
        for (long skip = 0; ; skip += PageSize)
        {
            StorePage<PublicationRecord> page = await reader.ListPublicationsAsync(environmentId, new PageRange(skip, PageSize));
            if (page.Items.FirstOrDefault(static publication => publication.Status == PublicationStatus.Published) is { } live)
            {
                return live;
            }

            if (page.Items.Count < PageSize)
            {
                return null;
            }
        }
    }

    /// <summary>Null where the version was never published, or before its content was kept.</summary>
    public static async ValueTask<EnvironmentContent?> FindContentAsync(this IStoreReader reader, Guid environmentId, long version) =>
        await reader.FindVersionContentAsync(environmentId, version) is { } packed ? EnvironmentContents.Unpack(packed) : null;

    /// <summary>Of the live version an empty content where nothing was published, or before contents were kept: nobody must be kept from
    /// publishing by that. Null as for <see cref="FindContentAsync(IStoreReader, Guid, long)"/>.</summary>
    public static async ValueTask<EnvironmentContent?> FindContentAsync(this IStoreReader reader, Guid environmentId, ContentPlace place)
    {
        if (place.IsDraft)
        {
            return await EnvironmentContents.ReadAsync(reader, environmentId);
        }

        if (place.Version is { } version)
        {
            return await reader.FindContentAsync(environmentId, version);
        }

        EnvironmentContent? content = await reader.FindLiveAsync(environmentId) is { } live
            ? await reader.FindContentAsync(environmentId, live.Version)
            : null;
        return content ?? new EnvironmentContent();
    }
}
