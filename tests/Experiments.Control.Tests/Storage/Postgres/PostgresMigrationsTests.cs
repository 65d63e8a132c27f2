using Experiments.Control.Storage;
using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

public sealed class PostgresMigrationsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Run_LongerThanACommandMayTake_IsWaitedFor()
    {
        (PostgresDefinitionStore store, NpgsqlConnection other) = await OpenLockedAsync();
        await using (store)
        await using (other)
        {
            Task started = store.AddEnvironmentAsync("prod");

            await UntilItWaitsAsync(other, "query_start", seconds: 2);
            await ScalarAsync(other, "SELECT pg_advisory_unlock_all()");
            await started;
        }
    }

    [Fact]
    public async Task Run_WhoeverAskedGivesUp_GoesOnForTheNext()
    {
        (PostgresDefinitionStore store, NpgsqlConnection other) = await OpenLockedAsync();
        await using (store)
        await using (other)
        {
            // As a readiness probe does, again and again.
            for (int probe = 0; probe < 3; probe++)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.InspectAsync(limit.Token));
            }

            await UntilItWaitsAsync(other, "xact_start", seconds: 1);
            await ScalarAsync(other, "SELECT pg_advisory_unlock_all()");
            await store.InspectAsync();
            Assert.Equal(1L, await ScalarAsync(other, "SELECT count(DISTINCT ran_at) FROM migrations"));
        }
    }

    [Theory]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    public async Task Run_DatabaseThatCannotHoldEveryText_IsRefused(string encoding)
    {
        string database = await server.CreateDatabaseAsync("--encoding", encoding, "--locale", "C", "--template", "template0");
        await using PostgresDefinitionStore store = new(database);

        StoreFailureException refused = await Assert.ThrowsAsync<StoreFailureException>(() => store.InspectAsync());

        Assert.Contains($"has the encoding {encoding}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A store of a new database whose tables cannot be made before the connection gives the lock back.</summary>
    private async Task<(PostgresDefinitionStore Store, NpgsqlConnection Other)> OpenLockedAsync()
    {
        string database = await server.CreateDatabaseAsync();
        NpgsqlConnection other = new($"{database};Pooling=false;Application Name=test");
        await other.OpenAsync();
        await ScalarAsync(other, $"SELECT pg_advisory_lock({PostgresLocks.Space}, {PostgresLocks.Migration})");
        return (new PostgresDefinitionStore($"{database};Command Timeout=1"), other);
    }

    private static Task UntilItWaitsAsync(NpgsqlConnection other, string since, int seconds) => Eventually.HoldsAsync(
        async _ => (long)(await ScalarAsync(
            other,
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Experiments' AND wait_event = 'advisory' AND clock_timestamp() - {since} > interval '{seconds} s'"))! == 1,
        "one step that waits for the lock");

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Texts of this class.
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
