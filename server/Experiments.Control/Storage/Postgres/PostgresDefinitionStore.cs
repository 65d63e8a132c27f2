using System.Data;
using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>
/// Definitions in a PostgreSQL database that any number of servers use together. A read sees one moment; writes run one at a time, whichever server
/// they come from, so what a write reads cannot change before it commits, and the order of sequences is the order of commits.
/// </summary>
/// <remarks>
/// The lock of writers is an advisory one that PostgreSQL gives back when the transaction ends, however it does: a server that dies takes nobody with
/// it, and one that hangs is cut off after <see cref="IdleTimeout"/>. Writes are seldom and short, a few milliseconds; in return there is nothing to
/// retry and no anomaly to think of.
/// </remarks>
internal sealed class PostgresDefinitionStore : IDefinitionStore
{
    /// <summary>How long a transaction may stand still before PostgreSQL ends it.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    // In transaction.
    private const string IdleTooLong = "25P03";

    // Of a command's time, for those that wait for the writes before theirs: both together end before a gateway gives up.
    private const double QueueShare = 0.8;

    // A connection of the pool may be dead without knowing it: each attempt takes another one.
    private const int MaxAttempts = 3;

    private readonly NpgsqlDataSource _source;

    private readonly PostgresLeadership _leadership = new();

    // Of their own: whoever has a turn needs another connection to use it, and must not wait for those who wait for a turn.
    private readonly NpgsqlDataSource _turns;
    // Tells its own publishes from those of others.
    private readonly Guid _server = Guid.NewGuid();
    private readonly Lock _migrating = new();
    private Task? _migration;

    // Writes of this server queue here, and one of them queues in PostgreSQL. If all did, a server that hangs would be given the lock once for each of
    // its sessions, one after the other, and each time PostgreSQL would wait for IdleTimeout before it ends the session and others can write.
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TimeSpan _writeLimit;
    private volatile bool _isMigrated;

    /// <summary>Connects when it is first used, and then creates or upgrades the tables.</summary>
    /// <param name="connectionString">As Npgsql takes it.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public PostgresDefinitionStore(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = PostgresConnections.Complete(connectionString);
        _writeLimit = settings.CommandTimeout > 0 ? TimeSpan.FromSeconds(settings.CommandTimeout * QueueShare) : Timeout.InfiniteTimeSpan;
        Location = Describe(settings);
        _source = NpgsqlDataSource.Create(settings);
        _turns = NpgsqlDataSource.Create(PostgresConnections.ForTurns(settings));
    }

    /// <summary>For people: where it is, without user and password.</summary>
    public string Location { get; }

    /// <inheritdoc cref="Location"/>
    public static string Describe(NpgsqlConnectionStringBuilder settings) => $"PostgreSQL at {settings.Host}:{settings.Port}, database {settings.Database}";

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used.</exception>
    public Task<T> ReadAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default) =>
        AttemptAsync((connection, _) => ReadAsync(connection, read, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used, or ended the session meanwhile.</exception>
    public Task<T> ReadOnceAsync<T>(Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken = default)
    {
        // Until then there is nothing to take back: a connection that turns out to be dead is replaced as for any other read.
        bool hasBegun = false;
        return AttemptAsync(
            (connection, _) => ReadAsync(
                connection,
                reader =>
                {
                    hasBegun = true;
                    return read(reader);
                },
                cancellationToken),
            () => !hasBegun,
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used. Where the connection broke during the commit, nobody knows whether it was
    /// made.</exception>
    public async Task<T> WriteAsync<T>(Func<IStoreWriter, ValueTask<T>> write, CancellationToken cancellationToken = default)
    {
        if (!await _writing.WaitAsync(_writeLimit, cancellationToken))
        {
            throw new StoreFailureException($"{Location} cannot be used: the writes before this one took longer than {_writeLimit.TotalSeconds:0} s.");
        }

        try
        {
            return await AttemptAsync((connection, commits) => WriteAsync(connection, write, commits, cancellationToken), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used.</exception>
    public Task RestoreAsync(Func<IStoreRestorer, ValueTask> restore, CancellationToken cancellationToken = default) => WriteAsync(
        async writer =>
        {
            await restore((PostgresWriter)writer);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used, or only to read.</exception>
    public Task<StoreCondition> InspectAsync(CancellationToken cancellationToken = default) => AttemptAsync(
        async (connection, _) =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);

            // A transaction that has an id is written to the log when it commits.
            await using NpgsqlCommand command = new("SELECT pg_database_size(current_database()) FROM pg_current_xact_id()", connection);
            long bytes = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            await transaction.CommitAsync(cancellationToken);
            return new StoreCondition(Location, bytes, FreeBytes: null);
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used.</exception>
    public async Task<IAsyncDisposable> LockPublishingAsync(Guid environmentId, CancellationToken cancellationToken = default)
    {
        try
        {
            (NpgsqlConnection turn, _) = await PostgresLocks.TakeAsync(
                _turns, "pg_advisory_xact_lock", PostgresLocks.TurnSpace, BitConverter.ToInt32(environmentId.ToByteArray()), cancellationToken);
            return turn;
        }
        catch (NpgsqlException failure)
        {
            throw Describe(failure, isCommitting: false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreFailureException">PostgreSQL cannot be used.</exception>
    public async Task<bool> LeadsAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _leadership.HoldAsync(_turns, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw Describe(failure, isCommitting: false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public Task WatchPublishesAsync(Action<Guid> told, CancellationToken cancellationToken) =>
        PostgresPublishes.WatchAsync(_turns, _server, told, cancellationToken);

    /// <summary>Closes the connections. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leadership.DisposeAsync();
        await _source.DisposeAsync();
        await _turns.DisposeAsync();
        _writing.Dispose();
    }

    private static async Task<T> ReadAsync<T>(NpgsqlConnection connection, Func<IStoreReader, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY");
        T result = await read(new PostgresReader(connection));
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private async Task<T> WriteAsync<T>(
        NpgsqlConnection connection, Func<IStoreWriter, ValueTask<T>> write, Action commits, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using (NpgsqlCommand turn = new($"SELECT pg_advisory_xact_lock({PostgresLocks.Space}, {PostgresLocks.Writer})", connection))
        {
            await turn.ExecuteNonQueryAsync(cancellationToken);
        }

        T result = await write(new PostgresWriter(connection, _server));
        commits();
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private Task<T> AttemptAsync<T>(Func<NpgsqlConnection, Action, Task<T>> transact, CancellationToken cancellationToken) =>
        AttemptAsync(transact, static () => true, cancellationToken);

    private async Task<T> AttemptAsync<T>(
        Func<NpgsqlConnection, Action, Task<T>> transact, Func<bool> canBeRepeated, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool isCommitting = false;
            try
            {
                await MigrateAsync(cancellationToken);
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
                return await transact(connection, () => isCommitting = true);
            }
            catch (NpgsqlException failure) when (CanBeTriedAgain(failure) && !isCommitting && canBeRepeated() && attempt < MaxAttempts)
            {
            }
            catch (NpgsqlException failure)
            {
                throw Describe(failure, isCommitting);
            }
        }
    }

    // Also where the server is told to end, or has ended the session because it stood still.
    // Not what took too long: it would take as long again.
    private static bool CanBeTriedAgain(NpgsqlException failure) => (failure.IsTransient && failure.InnerException is not TimeoutException)
        || failure.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleTooLong;

    private StoreFailureException Describe(NpgsqlException failure, bool isCommitting) => new(
        $"{Location} cannot be used: {(failure is PostgresException { MessageText: { } text } refused ? $"{refused.SqlState}: {text}" : failure.Message)}" + (isCommitting ? " Whether the change was made is not known: look before it is made again." : ""),
        failure);

    // One for all who need it, and none of them ends it by giving up: a probe that asks for two seconds would keep a longer step from ever being done.
    private Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (_isMigrated)
        {
            return Task.CompletedTask;
        }

        lock (_migrating)
        {
            return (_migration ??= Task.Run(MigrateAsync, CancellationToken.None)).WaitAsync(cancellationToken);
        }
    }

    private async Task MigrateAsync()
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
            await PostgresMigrations.RunAsync(connection, CancellationToken.None);
            _isMigrated = true;
        }
        finally
        {
            lock (_migrating)
            {
                _migration = null;
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Only texts of this file.
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
