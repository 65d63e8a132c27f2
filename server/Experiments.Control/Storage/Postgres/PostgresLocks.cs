using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>Numbers of the advisory locks, by which servers that use one database take turns.</summary>
internal static class PostgresLocks
{
    /// <summary>The first number of those that there is one of: "expr" in ASCII.</summary>
    public const int Space = 0x65787072;

    public const int Migration = 1;

    public const int Writer = 2;

    public const int Leader = 3;

    /// <summary>The first number of those that each environment has: "expt" in ASCII. The second is four bytes of its id; environments that share
    /// them wait for each other, nothing worse.</summary>
    public const int TurnSpace = 0x65787074;

    /// <summary>Takes a lock in a transaction that does nothing else: PostgreSQL gives it back when the connection is disposed, when its server is
    /// gone, and after <see cref="PostgresDefinitionStore.IdleTimeout"/> without a command.</summary>
    /// <returns>The connection, and what the function answers.</returns>
    public static async Task<(NpgsqlConnection Connection, object? Answer)> TakeAsync(
        NpgsqlDataSource source, string function, int space, int number, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.BeginTransactionAsync(cancellationToken);
#pragma warning disable CA2100 // Names and numbers of this program.
            await using NpgsqlCommand command = new($"SELECT {function}({space}, {number})", connection);
#pragma warning restore CA2100
            return (connection, await command.ExecuteScalarAsync(cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
