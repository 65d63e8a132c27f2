using Experiments.Client.Hosting;
using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control;

/// <summary>Where definitions are kept, read from <c>Store</c>.</summary>
/// <param name="ConnectionString">Of PostgreSQL; null is LiteDB in the data directory.</param>
internal sealed record StoreSettings(string? ConnectionString)
{
    private const string LiteDb = "litedb";
    private const string Postgres = "postgres";

    /// <summary>For people, without user and password; null where that is LiteDB.</summary>
    public string? Description => ConnectionString is null ? null : PostgresDefinitionStore.Describe(new NpgsqlConnectionStringBuilder(ConnectionString));

    public static StoreSettings Read(SettingsReader settings)
    {
        if (settings.Choice("Store:Kind", "where definitions are kept: litedb, a file in the data directory for one control server, or postgres for any number of them", LiteDb, LiteDb, Postgres) != Postgres)
        {
            return new StoreSettings(ConnectionString: null);
        }

        string? connectionString = settings.Text("Store:ConnectionString", "of PostgreSQL 13 or later (the tests run 15), as Npgsql takes it; the tables are made and upgraded by the server");
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host)
                ? Refuse(settings, connectionString is null ? null : "(not shown)", "with a Host")
                : new StoreSettings(connectionString);
        }
        catch (ArgumentException fault)
        {
            return Refuse(settings, "(not shown)", $"which this is not: {fault.Message}");
        }
    }

    // Never with its value, which may hold a password.
    private static StoreSettings Refuse(SettingsReader settings, string? shown, string rule) => settings.Refuse(
        "Store:ConnectionString",
        shown,
        $"a connection string of PostgreSQL such as Host=db;Database=experiments;Username=experiments;Password=..., {rule}",
        new StoreSettings(ConnectionString: null));
}
