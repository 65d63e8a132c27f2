using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

/// <summary>PostgreSQL's own account of how it answers, with 50,000 experiments (in the long run 100,000) in 50 environments and as many entries of the audit log.</summary>
public sealed class PostgresPlanTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const int Environments = 50;
    private const int Versions = 20_000;

    private static readonly int Rows = LongRun.Count(50_000, full: 100_000);
    private static readonly PageRange First = new(0, 25);

    // Prints every statement of the store with its plan to the server's log.
    private const string Explaining =
        "Options=-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=true -c auto_explain.log_timing=false";

    private static readonly string[] s_faults = ["Seq Scan on definitions", "Seq Scan on audit", "Seq Scan on publications", "external merge"];

    private static readonly AuditFilter[] s_auditFilters =
    [
        new AuditFilter { Kind = ResourceKind.Experiment },
        new AuditFilter { Kind = ResourceKind.Flag },
        new AuditFilter { Action = AuditAction.Create },
        new AuditFilter { Action = AuditAction.Delete },
        new AuditFilter { Actor = "ann" },
        new AuditFilter { Actor = "bob" },
        new AuditFilter { From = Samples.Time.AddMinutes(1) },
        new AuditFilter { Until = Samples.Time },
    ];

    private PostgresDefinitionStore _store = null!;
    private Guid _environment;

    public async Task InitializeAsync()
    {
        string database = $"{await server.CreateDatabaseAsync()};Command Timeout=0"; // a machine may be slow at so many rows
        _store = new PostgresDefinitionStore($"{database};{Explaining}");
        _environment = Guid.NewGuid();
        ExperimentDefinition pattern = await _store.AddAsync(Samples.Experiment(_environment, "pattern") with { Tags = ["growth"] });
        await _store.WriteAsync(async writer =>
        {
            await writer.AppendAsync(new AuditEntry
            {
                At = Samples.Time, Actor = "ann", EnvironmentId = _environment, Kind = ResourceKind.Experiment, ResourceId = pattern.Id, ResourceKey = "pattern", Action = AuditAction.Create,
            });
            return true;
        });
        await using NpgsqlConnection connection = new(database);
        await connection.OpenAsync();
        await using NpgsqlCommand fill = new(
            $"""
            CREATE TEMPORARY TABLE environment_ids AS SELECT i, CASE i WHEN 0 THEN '{_environment}'::uuid ELSE gen_random_uuid() END AS id FROM generate_series(0, {Environments - 1}) i;
            INSERT INTO definitions (id, kind, environment_id, name, name_any_case, display_name_any_case, sequence, revision, created_at, updated_at, status, state,
                is_archived, tags, audience_id, named_ids, named_flags, definition)
            SELECT gen_random_uuid(), kind, e.id, name || convert_to(n::text, 'UTF8'), name_any_case || convert_to(n::text, 'UTF8'),
                display_name_any_case || convert_to(n::text, 'UTF8'), sequence + n, revision, created_at + n, updated_at + n % 1000, status, n % 4, is_archived,
                CASE WHEN n % 100 = 0 THEN tags ELSE ARRAY[]::bytea[] END, NULL, named_ids, named_flags, definition || repeat(' ', 1000)
            FROM definitions, generate_series(1, {Rows}) n JOIN environment_ids e ON e.i = n % {Environments};
            INSERT INTO audit (sequence, environment_id, resource_id, at, kind, action, actor, text_any_case, entry)
            SELECT sequence + n, e.id, gen_random_uuid(), at + n, kind, action, actor, text_any_case, entry || repeat(' ', 1000)
            FROM audit, generate_series(1, {Rows}) n JOIN environment_ids e ON e.i = n % {Environments};
            INSERT INTO publications (environment_id, version, record) SELECT e.id, n, repeat(' ', 1000) FROM generate_series(1, {Versions}) n JOIN environment_ids e ON e.i = n % {Environments};
            """,
            connection);
        await fill.ExecuteNonQueryAsync();
        await using NpgsqlCommand analyze = new("VACUUM ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Lists_OfManyRows_ReadAnIndexAndSortNoTable()
    {
        List<string> faults = [];
        foreach (DefinitionColumn column in Enum.GetValues<DefinitionColumn>())
        {
            foreach (bool isDescending in new[] { false, true })
            {
                foreach (Guid? environment in new[] { _environment, default(Guid?) })
                {
                    var filter = new DefinitionFilter { EnvironmentId = environment, Order = new DefinitionOrder(column, isDescending) };
                    faults.AddRange(await FaultsOfAsync(
                        $"{column} {isDescending} {environment}", reader => reader.ListAsync<ExperimentDefinition>(filter, First)));
                }
            }
        }

        foreach (ExperimentStatus status in Enum.GetValues<ExperimentStatus>())
        {
            faults.AddRange(await FaultsOfAsync(
                $"{status}", reader => reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { EnvironmentId = _environment, Status = status }, First)));
        }

        faults.AddRange(await FaultsOfAsync(
            "tag", reader => reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { EnvironmentId = _environment, Tag = "growth" }, First)));
        faults.AddRange(await FaultsOfAsync("all", reader => reader.GetAllAsync<ExperimentDefinition>(_environment)));
        faults.AddRange(await FaultsOfAsync("tags", reader => reader.ListTagsAsync<ExperimentDefinition>(_environment)));
        faults.AddRange(await FaultsOfAsync("key", reader => reader.FindAsync<ExperimentDefinition>(_environment, "pattern")));
        faults.AddRange(await FaultsOfAsync("audience", reader => reader.GetExperimentsByAudienceAsync(Guid.NewGuid())));
        faults.AddRange(await FaultsOfAsync("naming", reader => reader.GetExperimentsNamingAsync(_environment, "flag")));
        foreach (Guid? environment in new[] { _environment, default(Guid?) })
        {
            foreach (bool isArchived in new[] { false, true })
            {
                faults.AddRange(await FaultsOfAsync(
                    $"archived {isArchived} {environment}",
                    reader => reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { EnvironmentId = environment, IsArchived = isArchived }, First)));
            }

            // Many are called so, one, and none.
            foreach (string search in new[] { "PATTERN", "pattern4950", "x" })
            {
                faults.AddRange(await FaultsOfAsync(
                    $"search {search} {environment}",
                    reader => reader.ListAsync<ExperimentDefinition>(new DefinitionFilter { EnvironmentId = environment, Search = search }, First)));
            }

            foreach (AuditFilter filter in s_auditFilters)
            {
                faults.AddRange(await FaultsOfAsync($"{filter} {environment}", reader => reader.ListAuditAsync(filter with { EnvironmentId = environment }, First)));
            }
        }

        faults.AddRange(await FaultsOfAsync(
            "search in the audit log", reader => reader.ListAuditAsync(new AuditFilter { EnvironmentId = _environment, Search = "pattern" }, First)));
        faults.AddRange(await FaultsOfAsync("versions", reader => reader.ListPublicationsAsync(Guid.NewGuid(), First)));
        faults.AddRange(await FaultsOfAsync("audit", reader => reader.ListAuditAsync(new AuditFilter(), First)));
        faults.AddRange(await FaultsOfAsync("audit of one", reader => reader.ListAuditAsync(new AuditFilter { EnvironmentId = _environment }, First)));
        faults.AddRange(await FaultsOfAsync("audit of a resource", reader => reader.ListAuditAsync(new AuditFilter { ResourceId = Guid.NewGuid() }, First)));

        Assert.Empty(faults);
    }

    private async Task<IReadOnlyList<string>> FaultsOfAsync<T>(string name, Func<IStoreReader, ValueTask<T>> read)
    {
        int before = server.Output.Lines.Count;
        await _store.ReadAsync(read);
        string[] lines = [];

        // Its plan comes after those.
        await _store.ReadAsync(static reader => reader.FindEnvironmentAsync(Guid.NewGuid()));
        await Eventually.HoldsAsync(
            () =>
            {
                lines = [.. server.Output.Lines.Skip(before)];
                return lines.Any(static line => line.Contains("environments_pkey", StringComparison.Ordinal) || line.Contains("Scan on environments", StringComparison.Ordinal));
            },
            $"the plan of {name}", state: () => string.Join('\n', lines));
        return
        [
            .. lines.Where(static line => s_faults.Any(fault => line.Contains(fault, StringComparison.Ordinal)))
                .Select(line => $"{name}: {line.Trim()}"),
        ];
    }
}
