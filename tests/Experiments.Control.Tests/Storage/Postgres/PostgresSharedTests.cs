using System.Globalization;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

/// <summary>Several servers on one database, as stores of their own in one process: nothing but PostgreSQL is between them.</summary>
public sealed class PostgresSharedTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly List<PostgresDefinitionStore> _stores = [];
    private string _database = "";

    public async Task InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public async Task DisposeAsync()
    {
        foreach (PostgresDefinitionStore store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_ManyAtOnceOnAnEmptyDatabase_MakeTheTablesOnce()
    {
        PostgresDefinitionStore[] stores = [.. Enumerable.Range(0, 12).Select(_ => Open())];

        EnvironmentDefinition?[] made = await Task.WhenAll(stores.Select((store, i) =>
            store.WriteAsync(writer => writer.InsertAsync(Samples.Environment($"env-{i:00}")))));

        Assert.All(made, Assert.NotNull);
        Assert.Equal(12, (await stores[3].ListEnvironmentsAsync()).Total);
        Assert.Equal(3L, await ScalarAsync("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task Start_TablesOfANewerVersion_IsRefusedAndNothingIsChanged()
    {
        await Open().AddEnvironmentAsync("prod");
        await ScalarAsync("INSERT INTO migrations (step) VALUES (1000)");

        StoreFailureException refused = await Assert.ThrowsAsync<StoreFailureException>(() => Open().AddEnvironmentAsync("test"));

        Assert.Contains("newer version: step 1000", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM environments"));
    }

    [Fact]
    public async Task Insert_SameNameByManyAtOnce_OneHasIt()
    {
        PostgresDefinitionStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Open())];
        Guid environment = (await stores[0].AddEnvironmentAsync("prod")).Id;

        FlagDefinition?[] made = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            stores[i % 4].WriteAsync(writer => writer.InsertAsync(Samples.Flag(environment, "checkout")))));

        Assert.Single(made.OfType<FlagDefinition>());
    }

    [Fact]
    public async Task Write_CountedByManyAtOnce_LosesNone()
    {
        PostgresDefinitionStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Open())];
        FlagDefinition flag = (await stores[0].WriteAsync(writer => writer.InsertAsync(Samples.Flag(Guid.NewGuid(), "counted") with { Description = "0" })))!;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => stores[i % 4].WriteAsync(async writer =>
        {
            FlagDefinition read = (await writer.FindAsync<FlagDefinition>(flag.Id))!;
            return await writer.UpdateAsync(read with { Description = $"{int.Parse(read.Description!, CultureInfo.InvariantCulture) + 1}" });
        })));

        FlagDefinition? last = await stores[1].ReadAsync(reader => reader.FindAsync<FlagDefinition>(flag.Id));
        Assert.Equal(("40", 41), (last!.Description, last.Revision));
    }

    [Fact]
    public async Task ClaimVersion_ByManyAtOnce_HasNoGapAndNoVersionTwice()
    {
        PostgresDefinitionStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Open())];
        Guid environment = (await stores[0].AddEnvironmentAsync("prod")).Id;

        PublicationRecord[] claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            stores[i % 4].WriteAsync(writer => writer.ClaimVersionAsync(environment, 0, Samples.Time))));

        Assert.Equal(Enumerable.Range(1, 40).Select(static version => (long)version), claims.Select(static claim => claim.Version).Order());
    }

    [Fact]
    public async Task LockPublishing_HeldByAnother_WaitsUntilThatOneIsDoneOrGone()
    {
        (PostgresDefinitionStore one, PostgresDefinitionStore two) = (Open(), Open());
        (Guid environment, Guid other) = (Guid.NewGuid(), Guid.NewGuid());
        IAsyncDisposable held = await one.LockPublishingAsync(environment);

        Task<IAsyncDisposable> waits = two.LockPublishingAsync(environment);
        await (await two.LockPublishingAsync(other)).DisposeAsync();
        Assert.False(waits.IsCompleted);
        await held.DisposeAsync();
        await using (await waits)
        {
            using var brief = new CancellationTokenSource(200);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.LockPublishingAsync(environment, brief.Token));
        }

        // A server that dies lets go, whatever it was doing.
        await one.LockPublishingAsync(environment);
        await EndSessionsThatHoldLocksAsync();
        await (await two.LockPublishingAsync(environment)).DisposeAsync();
    }

    [Fact]
    public async Task Leads_OfSeveral_OneDoesUntilItIsGone()
    {
        (PostgresDefinitionStore one, PostgresDefinitionStore two) = (Open(), Open());
        Assert.True(await one.LeadsAsync());
        Assert.True(await one.LeadsAsync());
        Assert.False(await two.LeadsAsync());

        await EndSessionsThatHoldLocksAsync();
        await Eventually.HoldsAsync(cancellation => two.LeadsAsync(cancellation), "the other one leads");
        Assert.False(await one.LeadsAsync());

        await two.DisposeAsync();
        await Eventually.HoldsAsync(cancellation => one.LeadsAsync(cancellation), "the first one leads again");
    }

    [Fact]
    public async Task WatchPublishes_OfOthers_AreToldAndOwnAreNot()
    {
        (PostgresDefinitionStore one, PostgresDefinitionStore two) = (Open(), Open());
        Guid environment = (await one.AddEnvironmentAsync("prod")).Id;
        using var stop = new CancellationTokenSource();
        List<Guid> told = [];
        Task watching = one.WatchPublishesAsync(told.Add, stop.Token);
        await Eventually.HoldsAsync(async _ => (long)(await ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))! == 1, "it listens");

        await PublishAsync(one, environment);
        await PublishAsync(two, environment);

        await Eventually.HoldsAsync(() => told.Count > 0, "the publish of the other one is told");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.Equal([environment], told);
    }

    [Fact]
    public async Task Write_SessionsAreEndedMeanwhile_IsMadeOnceOrNotAtAllAndTheStoreGoesOn()
    {
        PostgresDefinitionStore store = Open();
        Guid environment = (await store.AddEnvironmentAsync("prod")).Id;
        using var stop = new CancellationTokenSource();
        Task chaos = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'Experiments' AND datname = current_database()");
                await Task.Delay(20);
            }
        });

        List<string> acknowledged = [];
        for (int i = 0; i < 200; i++)
        {
            try
            {
                await store.WriteAsync(writer => writer.InsertAsync(Samples.Flag(environment, $"flag-{i:000}")));
                acknowledged.Add($"flag-{i:000}");
            }
            catch (StoreFailureException)
            {
                // Not acknowledged: it may be there or not.
            }
        }

        await stop.CancelAsync();
        await chaos;
        IReadOnlyList<FlagDefinition> stored = await store.ReadAsync(reader => reader.GetAllAsync<FlagDefinition>(environment));
        Assert.Empty(acknowledged.Except(stored.Select(static flag => flag.Key)));
        Assert.Equal(stored.Count, stored.DistinctBy(static flag => flag.Key).Count());
    }

    [Fact]
    public async Task Use_ServerIsKilledAndStartedAgain_FailsInWordsAndThenGoesOnWithWhatWasAcknowledged()
    {
        await using PostgresServer own = new();
        await own.InitializeAsync();
        await using PostgresDefinitionStore store = new(await own.CreateDatabaseAsync());
        await store.AddEnvironmentAsync("before");

        await own.KillAsync();
        StoreFailureException failure = await Assert.ThrowsAsync<StoreFailureException>(() => store.AddEnvironmentAsync("lost"));
        Assert.Contains($"PostgreSQL at 127.0.0.1:{own.Port}, database test_1 cannot be used", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreFailureException>(() => store.InspectAsync());
        await Assert.ThrowsAsync<StoreFailureException>(() => store.LeadsAsync());
        await Assert.ThrowsAsync<StoreFailureException>(() => store.LockPublishingAsync(Guid.NewGuid()));

        await own.StartAgainAsync();
        await store.AddEnvironmentAsync("after");
        Assert.Equal(["after", "before"], (await store.ListEnvironmentsAsync()).Items.Select(static environment => environment.Name));
        Assert.True(await store.LeadsAsync());
        Assert.True((await store.InspectAsync()).Bytes > 0);
    }

    private static Task<bool> PublishAsync(PostgresDefinitionStore store, Guid environment) => store.WriteAsync(async writer =>
    {
        PublicationRecord claim = await writer.ClaimVersionAsync(environment, 0, Samples.Time);
        await writer.UpdateAsync(claim with { Status = PublicationStatus.Published, PublishedAt = Samples.Time, Sha256 = "" });
        return true;
    });

    private PostgresDefinitionStore Open()
    {
        PostgresDefinitionStore store = new(_database);
        _stores.Add(store);
        return store;
    }

    private Task<object?> EndSessionsThatHoldLocksAsync() => ScalarAsync(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    private async Task<object?> ScalarAsync(string sql)
    {
        await using NpgsqlConnection connection = new($"{_database};Pooling=false;Application Name=test");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this class.
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
