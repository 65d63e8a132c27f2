using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;

namespace Experiments.Cli.Stores;

/// <summary>Fills an empty store from an archive, and makes sure that it holds just what the archive does.</summary>
internal static class StoreMove
{
    /// <exception cref="CliException">The archive is damaged, the store is not empty or cannot be used, or it holds something else afterwards.</exception>
    public static async Task<StoreArchiveSummary> RestoreAsync(Stream archive, IDefinitionStore to, CancellationToken cancellation)
    {
        try
        {
            StoreArchiveSummary restored = await StoreArchive.RestoreAsync(to, archive, cancellation);
            StoreArchiveSummary held = await StoreArchive.WriteAsync(to, Stream.Null, cancellation);
            return held == restored
                ? restored
                : throw CliException.Refused($"the store holds something else than the archive: {held.Records} records, sha256 {held.Sha256}, instead of {restored.Records}, {restored.Sha256}");
        }
        catch (Exception exception) when (exception is InvalidDataException or StoreFailureException)
        {
            throw CliException.Refused(exception.Message);
        }
    }

    /// <summary>Moves all of a store. The one that it comes from stays as it is.</summary>
    /// <exception cref="CliException">As for <see cref="RestoreAsync"/>.</exception>
    public static async Task<StoreArchiveSummary> MoveAsync(IDefinitionStore from, IDefinitionStore to, CancellationToken cancellation)
    {
        await using var archive = new FileStream(
            Path.Combine(Path.GetTempPath(), $"experiments-move-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
        StoreArchiveSummary written;
        try
        {
            written = await StoreArchive.WriteAsync(from, archive, cancellation);
        }
        catch (StoreFailureException failure)
        {
            throw CliException.Refused(failure.Message);
        }

        StoreArchiveSummary restored = await RestoreAsync(archive, to, cancellation);
        return restored == written ? written : throw CliException.Refused("the store holds something else than the one that it comes from");
    }
}
