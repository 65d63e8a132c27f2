using System.Text.Json;
using Experiments.Control.Definitions;
using Npgsql;
using NpgsqlTypes;

namespace Experiments.Control.Storage.Postgres;

/// <summary>Reads inside one transaction.</summary>
internal class PostgresReader(NpgsqlConnection connection) : IStoreReader
{
    /// <summary>Of the transaction.</summary>
    protected NpgsqlConnection Connection { get; } = connection;

    public ValueTask<EnvironmentDefinition?> FindEnvironmentAsync(Guid id) =>
        FindAsync<EnvironmentDefinition>("SELECT definition FROM environments WHERE id = $1", id);

    public ValueTask<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(PageRange range) =>
        PageAsync<EnvironmentDefinition>("definition", "environments", new SqlCondition(), "name", range);

    public ValueTask<T?> FindAsync<T>(Guid id)
        where T : class, IDefinition =>
        FindAsync<T>("SELECT definition FROM definitions WHERE id = $1 AND kind = $2", id, KindOf<T>());

    public ValueTask<T?> FindAsync<T>(Guid environmentId, string name)
        where T : class, IDefinition => FindAsync<T>(
        "SELECT definition FROM definitions WHERE kind = $1 AND environment_id = $2 AND name = $3", KindOf<T>(), environmentId, OrdinalText.Of(name));

    public ValueTask<StorePage<T>> ListAsync<T>(DefinitionFilter filter, PageRange range)
        where T : class, IDefinition => PageAsync<T>(
        "definition", "definitions", PostgresFilters.Of<T>(filter), PostgresFilters.Of(filter.Order), range, key: "id");

    public ValueTask<IReadOnlyList<T>> GetAllAsync<T>(Guid environmentId)
        where T : class, IDefinition => AllAsync<T>(
        "SELECT definition FROM definitions WHERE kind = $1 AND environment_id = $2 ORDER BY sequence", KindOf<T>(), environmentId);

    public async ValueTask<IReadOnlyList<string>> ListTagsAsync<T>(Guid environmentId)
        where T : class, IDefinition
    {
        await using NpgsqlCommand command = Command(
            "SELECT DISTINCT unnest(tags) AS tag FROM definitions WHERE kind = $1 AND environment_id = $2 ORDER BY tag", KindOf<T>(), environmentId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> tags = [];
        while (await reader.ReadAsync())
        {
            tags.Add(OrdinalText.Read(reader.GetFieldValue<byte[]>(0)));
        }

        return tags;
    }

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsByAudienceAsync(Guid audienceId) => AllAsync<ExperimentDefinition>(
        "SELECT definition FROM definitions WHERE audience_id = $1 ORDER BY sequence", audienceId);

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid audienceOrExperimentId) => AllAsync<FlagDefinition>(
        "SELECT definition FROM definitions WHERE named_ids @> ARRAY[$1] AND kind = $2 ORDER BY sequence",
        audienceOrExperimentId, KindOf<FlagDefinition>());

    public ValueTask<IReadOnlyList<FlagDefinition>> GetFlagsNamingAsync(Guid environmentId, string flagKey) =>
        NamingAsync<FlagDefinition>(environmentId, flagKey);

    public ValueTask<IReadOnlyList<ExperimentDefinition>> GetExperimentsNamingAsync(Guid environmentId, string flagKey) =>
        NamingAsync<ExperimentDefinition>(environmentId, flagKey);

    public ValueTask<StorePage<AuditEntry>> ListAuditAsync(AuditFilter filter, PageRange range) =>
        PageAsync<AuditEntry>("entry", "audit", PostgresFilters.Of(filter), "sequence DESC", range, key: "sequence");

    public ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long afterSequence, int take) => AllAsync<AuditEntry>(
        "SELECT entry FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2", afterSequence, take);

    public async ValueTask<ReadOnlyMemory<byte>?> FindVersionContentAsync(Guid environmentId, long version)
    {
        await using NpgsqlCommand command = Command(
            "SELECT content FROM version_contents WHERE environment_id = $1 AND version = $2", environmentId, version);
        return await command.ExecuteScalarAsync() is byte[] content ? content : default(ReadOnlyMemory<byte>?);
    }

    public ValueTask<PublicationRecord?> FindPublicationAsync(Guid environmentId, long version) => FindAsync<PublicationRecord>(
        "SELECT record FROM publications WHERE environment_id = $1 AND version = $2", environmentId, version);

    public async ValueTask<PublishState> GetPublishStateAsync(Guid environmentId) =>
        await ReadStatesAsync("WHERE environment_id = $1", environmentId) is [var state] ? state : new PublishState(environmentId, Wanted: 0, Published: 0);

    public async ValueTask<IReadOnlyList<PublishState>> GetUnpublishedAsync() => await ReadStatesAsync("WHERE published < wanted ORDER BY environment_id");

    private async ValueTask<IReadOnlyList<PublishState>> ReadStatesAsync(string which, params object?[] parameters)
    {
        await using NpgsqlCommand command = Command($"SELECT environment_id, wanted, published, actor, note FROM publish_states {which}", parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<PublishState> states = [];
        while (await reader.ReadAsync())
        {
            states.Add(new PublishState(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2)) { Actor = Text(reader, 3), Note = Text(reader, 4) });
        }

        return states;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : OrdinalText.Read(reader.GetFieldValue<byte[]>(column));

    public ValueTask<StorePage<PublicationRecord>> ListPublicationsAsync(Guid environmentId, PageRange range) => PageAsync<PublicationRecord>(
        "record", "publications", new SqlCondition().And("environment_id = {0}", environmentId), "version DESC", range);

    /// <param name="sql">With <c>$1</c> and so on for the parameters.</param>
    /// <param name="parameters">In their order.</param>
    protected NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> parameters)
    {
#pragma warning disable CA2100 // Only texts of this store; what callers give is in the parameters.
        NpgsqlCommand command = new(sql, Connection);
#pragma warning restore CA2100
        foreach (object? parameter in parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }

        return command;
    }

    protected async ValueTask<T?> FindAsync<T>(string sql, params object?[] parameters)
        where T : class => await AllAsync<T>(sql, parameters) is [var found] ? found : null;

    /// <summary>As a column holds it.</summary>
    protected static short KindOf<T>()
        where T : class, IDefinition => (short)DefinitionParts.KindOf<T>();

    /// <summary>As a column of JSON holds it.</summary>
    protected static NpgsqlParameter JsonOf<T>(T definition)
        where T : class => new()
        {
            NpgsqlDbType = NpgsqlDbType.Text,
            Value = JsonSerializer.SerializeToUtf8Bytes(definition, StoredJsonContext.TypeInfo<T>()),
        };

    private async ValueTask<IReadOnlyList<T>> AllAsync<T>(string sql, params object?[] parameters)
        where T : class
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        return await ReadAllAsync<T>(reader);
    }

    private ValueTask<IReadOnlyList<T>> NamingAsync<T>(Guid environmentId, string flagKey)
        where T : class, IDefinition => AllAsync<T>(
        "SELECT definition FROM definitions WHERE named_flags @> ARRAY[$1] AND kind = $2 AND environment_id = $3 ORDER BY sequence",
        OrdinalText.Of(flagKey), KindOf<T>(), environmentId);

    /// <param name="key">The column by which rows are looked up that an index alone has chosen, so that those that are passed over are not read; null reads them.</param>
    private async ValueTask<StorePage<T>> PageAsync<T>(
        string column, string table, SqlCondition condition, string order, PageRange range, string? key = null)
        where T : class
    {
        string chosen = $"{condition} ORDER BY {order} LIMIT {range.Take} OFFSET {range.Skip}";
        await using NpgsqlBatch batch = new(Connection);
        NpgsqlBatchCommand count = new($"SELECT count(*) FROM {table} {condition}");
        condition.AddTo(count.Parameters);
        NpgsqlBatchCommand page = new(key is null
            ? $"SELECT {column} FROM {table} {chosen}"
            : $"SELECT {column} FROM {table} WHERE {key} = ANY (ARRAY (SELECT {key} FROM {table} {chosen})) ORDER BY {order}");
        condition.AddTo(page.Parameters);
        batch.BatchCommands.Add(count);
        batch.BatchCommands.Add(page);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        long total = reader.GetInt64(0);
        await reader.NextResultAsync();
        return new StorePage<T>(await ReadAllAsync<T>(reader), total);
    }

    private static async ValueTask<IReadOnlyList<T>> ReadAllAsync<T>(NpgsqlDataReader reader)
        where T : class
    {
        List<T> all = [];
        while (await reader.ReadAsync())
        {
            all.Add(ReadJson<T>(reader.GetFieldValue<byte[]>(0)));
        }

        return all;
    }

    private static T ReadJson<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredJsonContext.TypeInfo<T>())!;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Not to be taken for bad JSON of a client.
            throw new StoreFailureException($"A stored {typeof(T).Name} is damaged: {exception.Message} Restore a backup.", exception);
        }
    }
}
