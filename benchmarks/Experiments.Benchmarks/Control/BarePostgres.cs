using Npgsql;

namespace Experiments.Benchmarks.Control;

/// <summary>
/// The same documents in tables of their own on the same PostgreSQL server, and plain SQL: one table with an index to list by and a unique key,
/// one for the audit log. What a program of ten lines would do.
/// </summary>
internal sealed class BarePostgres : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private long _created;

    public BarePostgres(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
        Run("""
            CREATE TABLE bare_experiments (id uuid PRIMARY KEY, environment_id uuid NOT NULL, key text NOT NULL, created bigint NOT NULL, definition text NOT NULL,
                UNIQUE (environment_id, key));
            CREATE INDEX ON bare_experiments (environment_id, created DESC);
            CREATE TABLE bare_audit (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, environment_id uuid NOT NULL, before text, after text, actor text NOT NULL);
            CREATE TABLE bare_contents (environment_id uuid NOT NULL, version bigint GENERATED ALWAYS AS IDENTITY, content bytea NOT NULL)
            """);
    }

    /// <summary>Of the server.</summary>
    public string Version => _connection.PostgreSqlVersion.ToString();

    public void Dispose() => _connection.Dispose();

    /// <summary>Fills an environment, newest last.</summary>
    public void Fill(Guid environment, IEnumerable<(Guid Id, string Key, string Json)> experiments)
    {
        using NpgsqlBinaryImporter import = _connection.BeginBinaryImport("COPY bare_experiments (id, environment_id, key, created, definition) FROM STDIN (FORMAT BINARY)");
        foreach ((Guid id, string key, string json) in experiments)
        {
            import.StartRow();
            import.Write(id);
            import.Write(environment);
            import.Write(key);
            import.Write(++_created);
            import.Write(json);
        }

        import.Complete();
    }

    /// <summary>After everything is in, as autovacuum does in time.</summary>
    public void Analyze() => Run("VACUUM ANALYZE");

    /// <summary>One experiment and its audit entry, as one transaction.</summary>
    public void Create(Guid environment, string key, string json)
    {
        using NpgsqlTransaction transaction = _connection.BeginTransaction();
        Run(
            "INSERT INTO bare_experiments (id, environment_id, key, created, definition) VALUES ($1, $2, $3, $4, $5)",
            Guid.NewGuid(), environment, key, ++_created, json);
        Run("INSERT INTO bare_audit (environment_id, after, actor) VALUES ($1, $2, 'anonymous')", environment, json);
        transaction.Commit();
    }

    /// <summary>Reads one experiment, writes it again and an audit entry that holds it before and after, as one transaction.</summary>
    public void Edit(Guid environment, Guid id)
    {
        using NpgsqlTransaction transaction = _connection.BeginTransaction();
        string json = Read("SELECT definition FROM bare_experiments WHERE id = $1 FOR UPDATE", id).Single();
        Run("UPDATE bare_experiments SET definition = $2 WHERE id = $1", id, json);
        Run("INSERT INTO bare_audit (environment_id, before, after, actor) VALUES ($1, $2, $2, 'anonymous')", environment, json);
        transaction.Commit();
    }

    /// <summary>A page, newest first, and how many there are.</summary>
    public (int Items, long Total) Page(Guid environment, int skip, int take)
    {
        int items = Read("SELECT definition FROM bare_experiments WHERE environment_id = $1 ORDER BY created DESC OFFSET $2 LIMIT $3", environment, skip, take).Count;
        using var count = new NpgsqlCommand("SELECT count(*) FROM bare_experiments WHERE environment_id = $1", _connection) { Parameters = { new() { Value = environment } } };
        return (items, (long)count.ExecuteScalar()!);
    }

    /// <summary>A page of those with a text in their key, and how many there are.</summary>
    public (int Items, int Total) Search(Guid environment, string text, int take)
    {
        List<string> found = Read("SELECT definition FROM bare_experiments WHERE environment_id = $1 AND key LIKE '%' || $2 || '%' ORDER BY created DESC", environment, text);
        return (Math.Min(found.Count, take), found.Count);
    }

    /// <summary>Reads all experiments of an environment and writes something as large as what a publish keeps.</summary>
    public void ReadAllAndKeep(Guid environment, byte[] content)
    {
        if (Read("SELECT definition FROM bare_experiments WHERE environment_id = $1", environment).Count == 0)
        {
            throw new InvalidOperationException("There is nothing to publish.");
        }

        Run("INSERT INTO bare_contents (environment_id, content) VALUES ($1, $2)", environment, content);
    }

    private void Run(string sql, params object[] values)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        AddTo(command, values);
        command.ExecuteNonQuery();
    }

    private List<string> Read(string sql, params object[] values)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        AddTo(command, values);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<string> read = [];
        while (reader.Read())
        {
            read.Add(reader.GetString(0));
        }

        return read;
    }

    private static void AddTo(NpgsqlCommand command, object[] values)
    {
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
