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
}
