using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>
/// The tables, step by step. Forward only: a step that was released is never changed. Those that are missing run in one transaction under a lock: all of
/// them or none, and servers that start at once run them once.
/// </summary>
internal static class PostgresMigrations
{
    private static readonly string[] s_steps =
    [
        """
        CREATE SEQUENCE sequences;

        CREATE TABLE environments (
            id uuid PRIMARY KEY,
            name bytea NOT NULL UNIQUE,
            revision bigint NOT NULL,
            definition text NOT NULL);

        CREATE TABLE definitions (
            id uuid PRIMARY KEY,
            kind smallint NOT NULL,
            environment_id uuid NOT NULL,
            name bytea NOT NULL,
            name_any_case bytea NOT NULL,
            display_name_any_case bytea NOT NULL,
            sequence bigint NOT NULL,
            revision bigint NOT NULL,
            created_at bigint NOT NULL,
            updated_at bigint NOT NULL,
            status smallint,
            state smallint NOT NULL,
            is_archived boolean NOT NULL,
            tags bytea[] NOT NULL,
            audience_id uuid,
            named_ids uuid[] NOT NULL,
            named_flags bytea[] NOT NULL,
            definition text NOT NULL,
            UNIQUE (kind, environment_id, name));
        CREATE INDEX definitions_of_all ON definitions (kind, created_at DESC, sequence DESC);
        CREATE INDEX definitions_of_environment ON definitions (kind, environment_id, created_at DESC, sequence DESC);
        CREATE INDEX definitions_of_status ON definitions (kind, status, created_at DESC, sequence DESC) WHERE status IS NOT NULL;
        CREATE INDEX definitions_of_environment_and_status ON definitions (kind, environment_id, status, created_at DESC, sequence DESC)
            WHERE status IS NOT NULL;
        CREATE INDEX definitions_by_name ON definitions (kind, display_name_any_case, name);
        CREATE INDEX definitions_of_environment_by_name ON definitions (kind, environment_id, display_name_any_case, name);
        CREATE INDEX definitions_by_state ON definitions (kind, state, created_at DESC, sequence DESC);
        CREATE INDEX definitions_of_environment_by_state ON definitions (kind, environment_id, state, created_at DESC, sequence DESC);
        CREATE INDEX definitions_by_update ON definitions (kind, updated_at, created_at DESC, sequence DESC);
        CREATE INDEX definitions_of_environment_by_update ON definitions (kind, environment_id, updated_at, created_at DESC, sequence DESC);
        CREATE INDEX definitions_by_tag ON definitions USING gin (tags);
        CREATE INDEX definitions_in_order ON definitions (kind, environment_id, sequence);
        CREATE INDEX definitions_by_audience ON definitions (audience_id, sequence) WHERE audience_id IS NOT NULL;
        CREATE INDEX definitions_by_named_id ON definitions USING gin (named_ids);
        CREATE INDEX definitions_by_named_flag ON definitions USING gin (named_flags);

        CREATE TABLE audit (
            sequence bigint PRIMARY KEY,
            environment_id uuid NOT NULL,
            resource_id uuid NOT NULL,
            at bigint NOT NULL,
            kind smallint NOT NULL,
            action smallint NOT NULL,
            actor bytea NOT NULL,
            text_any_case bytea NOT NULL,
            entry text NOT NULL);
        CREATE INDEX audit_of_all ON audit (sequence DESC) INCLUDE (at, kind, action, actor);
        CREATE INDEX audit_of_environment ON audit (environment_id, sequence DESC) INCLUDE (at, kind, action, actor);
        CREATE INDEX audit_of_resource ON audit (resource_id, sequence DESC);

        CREATE TABLE publish_states (
            environment_id uuid PRIMARY KEY,
            wanted bigint NOT NULL,
            published bigint NOT NULL);
        CREATE INDEX publish_states_pending ON publish_states (environment_id) WHERE published < wanted;

        CREATE TABLE publications (
            environment_id uuid NOT NULL,
            version bigint NOT NULL,
            record text NOT NULL,
            PRIMARY KEY (environment_id, version));

        CREATE TABLE version_contents (
            environment_id uuid NOT NULL,
            version bigint NOT NULL,
            content bytea NOT NULL,
            PRIMARY KEY (environment_id, version));
        ALTER TABLE version_contents ALTER COLUMN content SET STORAGE EXTERNAL;
        """,
        """
        ALTER TABLE publish_states ADD COLUMN actor bytea, ADD COLUMN note bytea;
        """,

        // With what filters look at, so that what they leave out is not read.
        """
        CREATE INDEX definitions_newest ON definitions (kind, created_at DESC, sequence DESC)
            INCLUDE (id, is_archived, name_any_case, display_name_any_case);
        CREATE INDEX definitions_newest_of_environment ON definitions (kind, environment_id, created_at DESC, sequence DESC)
            INCLUDE (id, is_archived, name_any_case, display_name_any_case);
        DROP INDEX definitions_of_all;
        DROP INDEX definitions_of_environment;
        """,
    ];

    /// <exception cref="StoreFailureException">The tables are of a newer version of this program, or the database cannot hold every text.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({PostgresLocks.Space}, {PostgresLocks.Migration})", cancellationToken);
        await ExecuteAsync(
            connection, "CREATE TABLE IF NOT EXISTS migrations (step integer PRIMARY KEY, ran_at timestamptz NOT NULL DEFAULT now())", cancellationToken);
        int done = await HighestAsync(connection, cancellationToken);
        if (done == 0)
        {
            await CheckEncodingAsync(connection, cancellationToken);
        }

        if (done > s_steps.Length)
        {
            throw new StoreFailureException(
                $"The PostgreSQL database has tables of a newer version: step {done}, and this one knows {s_steps.Length}. Use the newer version.");
        }

        for (int step = done; step < s_steps.Length; step++)
        {
            await ExecuteAsync(connection, s_steps[step], cancellationToken);
            await ExecuteAsync(connection, $"INSERT INTO migrations (step) VALUES ({step + 1})", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    // Another one would refuse some names much later, with an error that nobody can do anything about.
    private static async Task CheckEncodingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SHOW server_encoding", connection);
        if ((string)(await command.ExecuteScalarAsync(cancellationToken))! is not "UTF8" and var encoding)
        {
            throw new StoreFailureException($"The PostgreSQL database has the encoding {encoding}. Create one with the encoding UTF8.");
        }
    }

    private static async Task<int> HighestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT coalesce(max(step), 0) FROM migrations", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

#pragma warning disable CA2100 // Only texts of this file.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // A step takes as long as its table is large, and so does the wait for another server that runs it: cut off, it would begin anew for ever.
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
#pragma warning restore CA2100
}
