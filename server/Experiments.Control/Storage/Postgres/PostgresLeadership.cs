using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>The lock of the one server that does what only one has to do. Thread-safe.</summary>
internal sealed class PostgresLeadership : IAsyncDisposable
{
    // Two at once would fight over the lock as two servers do, and over the connection.
    private readonly SemaphoreSlim _gate = new(1);
    private NpgsqlConnection? _held;

    /// <summary>Makes sure that the lock is still held, or tries to take it.</summary>
    public async Task<bool> HoldAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await TryHoldAsync(source, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> TryHoldAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (_held is not null && await IsHeldAsync(_held, cancellationToken))
        {
            return true;
        }

        await GiveBackAsync();
        (NpgsqlConnection connection, object? isTaken) = await PostgresLocks.TakeAsync(
            source, "pg_try_advisory_xact_lock", PostgresLocks.Space, PostgresLocks.Leader, cancellationToken);
        if (isTaken is true)
        {
            _held = connection;
            return true;
        }

        await connection.DisposeAsync();
        return false;
    }

    /// <summary>Gives the lock back where it is held.</summary>
    public async ValueTask DisposeAsync()
    {
        await GiveBackAsync();
        _gate.Dispose();
    }

    private async ValueTask GiveBackAsync()
    {
        if (_held is { } held)
        {
            _held = null;
            await held.DisposeAsync();
        }
    }

    // A connection that was cut off while this server stood still does not know it before it is used.
    private static async Task<bool> IsHeldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlCommand command = new("SELECT 1", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }
}
