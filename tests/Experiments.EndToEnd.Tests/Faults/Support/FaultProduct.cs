using System.Text;
using Experiments.EndToEnd.Tests.Support;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>
/// The split product over real servers: a gateway, two decide nodes, two control servers, PostgreSQL and S3; a proxy before each part that can have a
/// fault, and a small disk under each that writes files. Started once for all cells of the matrix: each has an environment of its own.
/// </summary>
public sealed class FaultProduct : IAsyncLifetime
{
    private const string Bucket = "faults";
    private const int PostgresDiskMegabytes = 512;
    private const int ServerDiskMegabytes = 16;

    // The words of MinIO. The S3 server of the tests keeps its objects in memory, so no disk of its can be filled.
    private static readonly byte[] s_storageFull = Encoding.ASCII.GetBytes(
        "HTTP/1.1 507 Insufficient Storage\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n<?xml version=\"1.0\"?><Error>"
        + "<Code>XMinioStorageFull</Code><Message>Storage backend has reached its minimum free drive threshold.</Message></Error>");

    private readonly S3Server _s3 = new();
    private readonly PostgresServer _postgres = new();
    private readonly List<TcpProxy> _proxies = [];
    private readonly List<SmallDisk> _disks = [];
    private readonly List<ProductProcess> _processes = [];
    private readonly Dictionary<FaultPart, FaultTarget> _targets = [];

    internal ProductProcess Control => _processes[0];

    internal IReadOnlyList<ProductProcess> Decides => _processes[1..3];

    internal ProductProcess Gateway => _processes[3];

    internal ResultTable Results { get; } = new(
        "faults", "Fault matrix", "part", "fault", "decisions", "failed", "wrong", "p99 ms", "slowest ms", "mutations acknowledged", "unpublished at first",
        "not made", "lost", "recovered after s");

    internal FaultTarget TargetOf(FaultPart part) => _targets[part];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Results.AddNote("A gateway, two decide nodes, two control servers, PostgreSQL and an S3 server (moto), all real processes on this machine. `Decide` and `Control` are one of two.");
        Results.AddNote("Decisions (four callers, 100/s each) and mutations (four editors, 10/s each at most) go through the gateway, before, during and after the fault. "
            + "Every decision is compared with what its version was made of, every mutation with the audit log and with what is stored.");
        Results.AddNote($"Each fault lasts {LongRun.Count(2, full: 60)} s. `Killed`: kill -9, started again at its end. `Stopped`: SIGSTOP. `Slow`: 2 s more for each call. "
            + "`Refusing`: connections refused and reset. `DiskFull`: not a byte left where it writes; S3 answers 507 XMinioStorageFull as MinIO does, for moto has no disk.");
        Results.AddNote("`Killed` S3 has lost its objects when it comes back, for moto has no disk: worse than a real one.");
        Results.AddNote("Not made: mutations that were not acknowledged, by status. Lost: acknowledged and not there afterwards. Recovered: from the end of the fault "
            + "(a start included) until a mutation made then is in both nodes.");
        SmallDisk postgresDisk = Keep(SmallDisk.CreateAt(_postgres.DataDirectory, PostgresDiskMegabytes));
        await Task.WhenAll(_postgres.InitializeAsync(), _s3.InitializeAsync());
        await _s3.CreateBucketAsync(Bucket);
        string connectionString = await _postgres.CreateDatabaseAsync();
        TcpProxy s3 = Keep(new TcpProxy(new Uri(_s3.Url).Port));
        TcpProxy postgres = Keep(new TcpProxy(_postgres.Port));
        (string, string)[] snapshots = [.. StoreSettings.InS3(_s3, Bucket).Where(static one => one.Key != "Snapshots:ServiceUrl"), ("Snapshots:ServiceUrl", s3.Url)];

        SmallDisk controlDisk = Keep(SmallDisk.Create(ServerDiskMegabytes));
        string throughProxy = connectionString.Replace($"Port={_postgres.Port}", $"Port={postgres.Port}", StringComparison.Ordinal);
        (string, string)[] controlSettings = [("Roles", "control"), ("Store:Kind", "postgres"), ("Store:ConnectionString", throughProxy), .. snapshots];
        ProductProcess control = Add(new ProductProcess(ProductProgram.Server, [("DataDirectory", controlDisk.Path), .. controlSettings]));
        TcpProxy controlProxy = Keep(new TcpProxy(new Uri(control.Url).Port));

        SmallDisk decideDisk = Keep(SmallDisk.Create(ServerDiskMegabytes));
        (string, string)[] decideSettings = [("PollInterval", "00:00:01"), ("PushUrl", controlProxy.Url), .. snapshots];
        ProductProcess decide = Add(new ProductProcess(ProductProgram.Decide, [("DataDirectory", decideDisk.Path), .. decideSettings]));
        ProductProcess otherDecide = Add(new ProductProcess(ProductProgram.Decide, decideSettings));
        TcpProxy decideProxy = Keep(new TcpProxy(new Uri(decide.Url).Port));
        ProductProcess otherControl = new(ProductProgram.Server, controlSettings);
        Add(new ProductProcess(
            ProductProgram.Server,
            [
                ("Roles", "gateway"), ("RateLimit:Enabled", "false"), ("Gateway:ControlUrl", $"{controlProxy.Url},{otherControl.Url}"),
                ("Gateway:DecideUrl", $"{decideProxy.Url},{otherDecide.Url}"),
            ]));
        Add(otherControl);
        await control.StartAsync();
        await Task.WhenAll(_processes.Skip(1).Select(static process => process.StartAsync()));

        _targets[FaultPart.S3] = S3Target(s3);
        _targets[FaultPart.Postgres] = PostgresTarget(postgres, postgresDisk);
        _targets[FaultPart.Control] = ProcessTarget(control, controlProxy, controlDisk);
        _targets[FaultPart.Decide] = ProcessTarget(decide, decideProxy, decideDisk);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (ProductProcess process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        foreach (TcpProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        // A disk is taken away before the directory that it lies on is deleted.
        if (_postgres.IsRunning)
        {
            await _postgres.KillAsync();
        }

        _disks.ForEach(static disk => disk.Dispose());
        await _postgres.DisposeAsync();
        await _s3.DisposeAsync();
    }

    private FaultTarget S3Target(TcpProxy proxy) => new()
    {
        Proxy = proxy,
        KillAsync = _s3.KillAsync,
        StartAsync = async () =>
        {
            // It has forgotten everything: worse than a real one.
            await _s3.StartAgainAsync();
            await _s3.CreateBucketAsync(Bucket);
        },
        Suspend = _s3.Suspend,
        Resume = _s3.Resume,
        Fill = () => proxy.AnswerInPlace = static call => call.Span.StartsWith("PUT "u8) ? s_storageFull : null,
        FreeAsync = () =>
        {
            proxy.AnswerInPlace = null;
            return Task.CompletedTask;
        },
    };

    private FaultTarget PostgresTarget(TcpProxy proxy, SmallDisk disk) => new()
    {
        Proxy = proxy,
        KillAsync = _postgres.KillAsync,
        StartAsync = _postgres.StartAgainAsync,
        Suspend = _postgres.Suspend,
        Resume = _postgres.Resume,
        Fill = disk.Fill,
        FreeAsync = async () =>
        {
            disk.Free();

            // Without room for its log it may have given up: then its supervisor starts it again.
            if (!_postgres.IsRunning)
            {
                await _postgres.KillAsync();
                await _postgres.StartAgainAsync();
            }
        },
    };

    private static FaultTarget ProcessTarget(ProductProcess process, TcpProxy proxy, SmallDisk disk) => new()
    {
        Proxy = proxy,
        KillAsync = process.KillAsync,
        StartAsync = process.StartAsync,
        Suspend = process.Suspend,
        Resume = process.Resume,
        Fill = disk.Fill,
        FreeAsync = () =>
        {
            disk.Free();
            return Task.CompletedTask;
        },
    };

    private TcpProxy Keep(TcpProxy proxy)
    {
        _proxies.Add(proxy);
        return proxy;
    }

    private SmallDisk Keep(SmallDisk disk)
    {
        _disks.Add(disk);
        return disk;
    }

    private ProductProcess Add(ProductProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
