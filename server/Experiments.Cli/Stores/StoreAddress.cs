using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Storage.Postgres;

namespace Experiments.Cli.Stores;

/// <summary>A store of definitions as the command line names it: <c>litedb:DIRECTORY</c> or <c>postgres:CONNECTION STRING</c>.</summary>
internal static class StoreAddress
{
    public const string HelpName = "litedb:DIRECTORY|postgres[:CONNECTION]";

    /// <summary>Where <c>postgres</c> stands alone: a password on the command line is seen by everyone on the machine.</summary>
    public const string PostgresVariable = "EXPERIMENTS_POSTGRES";

    private const string LiteDb = "litedb:";
    private const string Postgres = "postgres";

    /// <summary>What opening a store will make on this machine because it is not there: files, then directories from the inside out. None where there is
    /// a database already.</summary>
    public static IReadOnlyList<string> AbsentPathsOf(string address)
    {
        if (!address.StartsWith(LiteDb, StringComparison.Ordinal))
        {
            return [];
        }

        string file = Path.GetFullPath(Path.Combine(address[LiteDb.Length..], LiteDbFile.FileName));
        if (File.Exists(file))
        {
            return [];
        }

        string? directory = Path.GetDirectoryName(file);
        List<string> paths = [file, Path.Combine(directory!, LiteDbFile.LogFileName)];
        for (; directory is not null && !Directory.Exists(directory); directory = Path.GetDirectoryName(directory))
        {
            paths.Add(directory);
        }

        return paths;
    }

    /// <param name="address">What was typed.</param>
    /// <param name="mustExist">Whether a database that is not there is a mistake, and not one to make.</param>
    /// <exception cref="CliException">It is no address, or the store cannot be opened.</exception>
    public static IDefinitionStore Open(string address, bool mustExist)
    {
        try
        {
            if (address.StartsWith(LiteDb, StringComparison.Ordinal))
            {
                string directory = address[LiteDb.Length..];
                string file = Path.Combine(directory, LiteDbFile.FileName);
                return !mustExist || File.Exists(file)
                    ? new LiteDbDefinitionStore(directory)
                    : throw CliException.Usage($"there is no {LiteDbFile.FileName} in \"{directory}\"");
            }

            if (address == Postgres || address.StartsWith(Postgres + ":", StringComparison.Ordinal))
            {
                string? connection = address.Length > Postgres.Length + 1 ? address[(Postgres.Length + 1)..] : Environment.GetEnvironmentVariable(PostgresVariable);
                return string.IsNullOrWhiteSpace(connection)
                    ? throw CliException.Usage($"put the connection string into the environment variable {PostgresVariable}, or write postgres:CONNECTION")
                    : new PostgresDefinitionStore(connection);
            }
        }
        catch (StoreFailureException failure)
        {
            throw CliException.Refused(failure.Message);
        }
        catch (ArgumentException fault)
        {
            throw CliException.Usage($"that is no connection string: {fault.Message}");
        }

        throw CliException.Usage($"\"{address}\" is no store: write {HelpName}");
    }
}
