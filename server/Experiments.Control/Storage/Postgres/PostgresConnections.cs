using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>What a connection string gets where it does not say otherwise.</summary>
internal static class PostgresConnections
{
    private const int ConnectSeconds = 5;

    // Longer than a transaction of a server that hangs can keep the others waiting, shorter than a gateway waits.
    private const int CommandSeconds = 15;

    // Two servers, each with both of its pools full, fit into the 100 sessions that PostgreSQL gives by default, and leave some for people.
    private const int PoolSize = 30;
    private const int TurnPoolSize = 12;

    /// <param name="connectionString">As Npgsql takes it.</param>
    /// <returns>For reads and writes.</returns>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString);

        // ContainsKey answers true for every keyword that there is.
        var said = settings.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        settings.ApplicationName ??= "Experiments";
        settings.Timeout = said.Contains("Timeout") ? settings.Timeout : ConnectSeconds;
        settings.CommandTimeout = said.Contains("Command Timeout") ? settings.CommandTimeout : CommandSeconds;
        settings.MaxPoolSize = said.Contains("Maximum Pool Size") ? settings.MaxPoolSize : PoolSize;
        settings.Options = $"-c idle_in_transaction_session_timeout={PostgresDefinitionStore.IdleTimeout.TotalMilliseconds} {settings.Options}".Trim();
        return settings;
    }

    /// <summary>For those who have a turn, or wait for one: environments that are published at once, whoever leads, and whoever listens.</summary>
    public static NpgsqlConnectionStringBuilder ForTurns(NpgsqlConnectionStringBuilder settings) =>
        new(settings.ConnectionString) { MinPoolSize = 0, MaxPoolSize = Math.Min(settings.MaxPoolSize, TurnPoolSize) };
}
