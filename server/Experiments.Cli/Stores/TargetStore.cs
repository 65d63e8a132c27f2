using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;

namespace Experiments.Cli.Stores;

/// <summary>The store that a command fills. A database that was made for it goes again where it cannot be filled: an empty one that is left behind would be
/// taken for one with something in it.</summary>
internal static class TargetStore
{
    /// <param name="address">As for <see cref="StoreAddress.Open"/>.</param>
    /// <param name="fillAsync">Fills it with all or with nothing.</param>
    /// <exception cref="CliException">It cannot be opened.</exception>
    public static async Task<StoreArchiveSummary> FillAsync(string address, Func<IDefinitionStore, Task<StoreArchiveSummary>> fillAsync)
    {
        IReadOnlyList<string> made = [];
        try
        {
            IReadOnlyList<string> absent = StoreAddress.AbsentPathsOf(address);
            await using IDefinitionStore store = StoreAddress.Open(address, mustExist: false);

            // Only now: what could not be opened may be another program's.
            made = absent;
            StoreArchiveSummary summary = await fillAsync(store);
            made = [];
            return summary;
        }
        finally
        {
            Remove(made);
        }
    }

    private static void Remove(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path);
                }
                else
                {
                    File.Delete(path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Why it could not be filled is what counts, and somebody may have put something else there meanwhile.
            }
        }
    }
}
