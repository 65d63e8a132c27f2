using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

public sealed class PostgresMigrationsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Run_LongerThanACommandMayTake_IsWaitedFor()
    {
        string database = await server.CreateDatabaseAsync();
        await using NpgsqlConnection other = new($"{database};Pooling=false;Application Name=test");
        await other.OpenAsync();
        await ScalarAsync(other, $"SELECT pg_advisory_lock({PostgresLocks.Space}, {PostgresLocks.Migration})");
        await using PostgresDefinitionStore store = new($"{database};Command Timeout=1");

        Task started = store.AddEnvironmentAsync("prod");

        await Eventually.HoldsAsync(
            async _ => (long)(await ScalarAsync(
                other,
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Experiments' AND wait_event = 'advisory' AND clock_timestamp() - query_start > interval '2 s'"))! == 1,
            "a step that runs for longer than a command may");
        await ScalarAsync(other, "SELECT pg_advisory_unlock_all()");
        await started;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Texts of this class.
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
