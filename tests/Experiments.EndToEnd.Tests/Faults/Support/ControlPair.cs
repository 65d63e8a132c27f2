using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>Two control servers on one PostgreSQL and one bucket, with the clients that change one environment through both.</summary>
internal sealed class ControlPair : IAsyncDisposable
{
    public const string Environment = "prod";

    private const string Bucket = "pair";
    private const string Prefix = "team-a";

    // Of PostgresLocks of the control server: the space of locks that there is one of, and two of them.
    private const int LockSpace = 0x65787072;
    private const int WriterLock = 2;
    private const int LeaderLock = 3;

    private static readonly string[] s_names = ["first", "second"];

    private readonly PostgresServer _postgres = new();
    private readonly S3Server _s3 = new();
    private readonly List<ProductProcess> _servers = [];
    private string _connectionString = "";

    private ControlPair()
    {
    }

    public IReadOnlyList<ProductProcess> Servers => _servers;

    public MutationLedger Ledger { get; } = new();

    public string EnvironmentId { get; private set; } = "";

    /// <summary>Through either server, as the caller likes.</summary>
    public ControlApi Api => new(_servers[0].Http);

    public static async Task<ControlPair> StartAsync(ITestOutputHelper log)
    {
        ControlPair pair = new();
        await Task.WhenAll(pair._postgres.InitializeAsync(), pair._s3.InitializeAsync());
        await pair._s3.CreateBucketAsync(Bucket);
        pair._connectionString = await pair._postgres.CreateDatabaseAsync();
        foreach (string name in s_names)
        {
            // PostgreSQL then tells whose sessions are whose.
            pair._servers.Add(new ProductProcess(
                ProductProgram.Server,
                [
                    ("Roles", "control"), ("Store:Kind", "postgres"), ("Store:ConnectionString", $"{pair._connectionString};Application Name={name}"),
                    .. StoreSettings.InS3(pair._s3, Bucket),
                ],
                log));
        }

        await Task.WhenAll(pair._servers.Select(static server => server.StartAsync()));
        pair.EnvironmentId = await pair.Api.CreateEnvironmentAsync(Environment);
        return pair;
    }

    /// <summary>The one that publishes what is left over; waits until there is one.</summary>
    public async Task<ProductProcess> FindLeaderAsync()
    {
        string name = await Eventually.ReadAsync(
            _ => QueryLocksAsync("application_name", $"granted AND objid = {LeaderLock}"), static name => s_names.Contains(name), "a leader");
        return _servers[Array.IndexOf(s_names, name)];
    }

    /// <summary>Sessions of a server that have the lock of writers or wait for it.</summary>
    public async Task<int> CountWritersAsync(ProductProcess server) =>
        int.Parse(await QueryLocksAsync("count(*)", $"objid = {WriterLock} AND application_name = '{s_names[_servers.IndexOf(server)]}'"));

    /// <summary>After all is quiet: nothing lost, every version explained, and the last snapshot is what a server that has just started makes of what is stored.</summary>
    public async Task<(PublishHistory Versions, int MadeUnknown)> CheckAsync()
    {
        await Eventually.ReadAsync(
            async _ => (await Api.GetAsync($"/environments/{EnvironmentId}/diff")).GetProperty("changes").GetArrayLength(),
            static changes => changes == 0,
            "all that is stored published");
        int madeUnknown = await Ledger.CheckAsync(Api, EnvironmentId);
        PublishHistory versions = await PublishHistory.ReadAsync(Api, EnvironmentId);
        await versions.CheckAsync(_s3, Bucket, Prefix, Environment);
        string last = await versions.ReadLastContentAsync(_s3, Bucket, Prefix, Environment);

        await _servers[0].KillAsync();
        await _servers[0].StartAsync();
        await Api.PostAsync($"/environments/{EnvironmentId}/publish", "{}");
        PublishHistory fresh = await PublishHistory.ReadAsync(Api, EnvironmentId);
        Assert.True(fresh.Last > versions.Last);
        Assert.Equal(await fresh.ReadLastContentAsync(_s3, Bucket, Prefix, Environment), last);
        return (versions, madeUnknown);
    }

    private Task<string> QueryLocksAsync(string columns, string condition) => _postgres.QueryAsync(
        _connectionString,
        $"SELECT {columns} FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND classid = {LockSpace} AND {condition}");

    public async ValueTask DisposeAsync()
    {
        foreach (ProductProcess server in _servers)
        {
            await server.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        await _s3.DisposeAsync();
    }
}
