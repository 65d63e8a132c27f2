using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;

namespace Experiments.Cli.Stores;

/// <summary>Fills an empty store from an archive, which sees to it that it holds just what the archive does, or nothing.</summary>
internal static class StoreMove
{
    /// <exception cref="CliException">The archive is damaged or of a newer version, or the store is not empty or cannot be used.</exception>
    public static async Task<StoreArchiveSummary> RestoreAsync(Stream archive, IDefinitionStore to, CancellationToken cancellation)
    {
        try
        {
            return await StoreArchive.RestoreAsync(to, archive, cancellation);
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
        try
        {
            await StoreArchive.WriteAsync(from, archive, cancellation);
        }
        catch (StoreFailureException failure)
        {
            throw CliException.Refused(failure.Message);
        }

        return await RestoreAsync(archive, to, cancellation);
    }
}
