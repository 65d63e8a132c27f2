using Experiments.Control.Storage;
using Experiments.Control.Storage.Postgres;

namespace Experiments.Control.Tests.Storage.Postgres;

public sealed class PostgresDefinitionStoreTests(PostgresServer server) : DefinitionStoreContract, IClassFixture<PostgresServer>
{
    private string? _database;

    internal override async Task<IDefinitionStore> OpenAsync() => new PostgresDefinitionStore(_database ??= await server.CreateDatabaseAsync());
}
