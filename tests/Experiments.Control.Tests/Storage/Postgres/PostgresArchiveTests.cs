using System.Security.Cryptography;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Archive;
using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

/// <summary>PostgreSQL ends the session of a backup: one whole archive comes out, or an error, and never two in one.</summary>
public sealed class PostgresArchiveTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private string _database = "";
    private PostgresDefinitionStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = new PostgresDefinitionStore(_database);

        // Does not compress, so that the first bytes are out long before the last record is read.
        Guid environment = (await _store.AddEnvironmentAsync("prod")).Id;
        await _store.WriteAsync(async writer =>
        {
            for (int i = 0; i < 300; i++)
            {
                string noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(1500));
                await writer.InsertAsync(Samples.Flag(environment, $"flag-{i:000}") with { Description = noise });
            }

            return true;
        });
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Write_SessionIsEndedOnceBytesAreOut_FailsAndLeavesNoWholeArchive()
    {
        using InterruptedStream output = new(EndSessions);

        StoreFailureException failure = await Assert.ThrowsAsync<StoreFailureException>(() => StoreArchive.WriteAsync(_store, output));

        Assert.Contains("cannot be used", failure.Message, StringComparison.Ordinal);
        Assert.True(output.Length > 0);
        Assert.Throws<InvalidDataException>(() => StoreArchive.Check(output));
        await ExpectWholeAsync();
    }

    [Fact]
    public async Task Write_SessionWasEndedBefore_IsWhole()
    {
        await _store.ListEnvironmentsAsync();
        EndSessions();

        await ExpectWholeAsync();
    }

    [Fact]
    public async Task ReadOnce_SessionIsEndedMeanwhile_RunsOnceWhereReadRunsAgain()
    {
        int reads = 0;
        async ValueTask<int> ReadAsync(IStoreReader reader)
        {
            if (++reads == 1)
            {
                EndSessions();
            }

            return (await reader.ListEnvironmentsAsync(PageRange.All)).Items.Count;
        }

        Assert.Equal(1, await _store.ReadAsync(ReadAsync));
        Assert.Equal(2, reads);
        reads = 0;
        await Assert.ThrowsAsync<StoreFailureException>(() => _store.ReadOnceAsync(ReadAsync));
        Assert.Equal(1, reads);
    }

    private async Task ExpectWholeAsync()
    {
        using MemoryStream archive = new();
        StoreArchiveSummary written = await StoreArchive.WriteAsync(_store, archive);
        Assert.Equal(301, written.Records);
        Assert.Equal(written, StoreArchive.Check(archive));
    }

    // Returns once they are gone.
    private void EndSessions()
    {
        using NpgsqlConnection connection = new($"{_database};Pooling=false;Application Name=test");
        connection.Open();
        using NpgsqlCommand command = new(
            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = 'Experiments' AND datname = current_database()", connection);
        command.ExecuteScalar();
    }

    /// <summary>Calls before the first bytes are written.</summary>
    private sealed class InterruptedStream(Action interrupt) : MemoryStream
    {
        private bool _isInterrupted;

        public override void Write(byte[] buffer, int offset, int count)
        {
            Interrupt();
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Interrupt();
            base.Write(buffer);
        }

        private void Interrupt()
        {
            if (!_isInterrupted)
            {
                _isInterrupted = true;
                interrupt();
            }
        }
    }
}
