using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Xunit.Sdk;

namespace Experiments.Tests.Support;

/// <summary>
/// A real PostgreSQL server in a process of its own on a free loopback port, with its data in a temporary directory; it does not wait for the disk. What
/// was committed survives <see cref="KillAsync"/> and <see cref="StartAgainAsync"/>, which run its recovery. Also an xunit fixture.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime, IAsyncDisposable
{
    private const string Owner = "postgres";

    private readonly TempDirectory _directory = new();
    private readonly ProcessOutput _output = new();
    private ChildProcess? _process;
    private int _databases;

    /// <summary>Of the server, for the whole life of this object.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>What the server printed.</summary>
    public ProcessOutput Output => _output;

    /// <summary>Of the processes that the server is made of, the one that the others follow.</summary>
    public int ProcessId => Running.Id;

    /// <summary>Whether it was started and has not ended: a full disk, for one, ends it.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Where its data are: a test may put a disk of its own there before the first start, and takes it away after the end.</summary>
    public string DataDirectory => _directory.PathOf("data");

    private static string Programs => Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin"))
        .LastOrDefault(static bin => File.Exists(Path.Combine(bin, "postgres")))
        ?? throw new XunitException("PostgreSQL is not installed: run tests/install.sh as root or with sudo.");

    private ChildProcess Running => _process ?? throw new InvalidOperationException("The PostgreSQL server does not run.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DataDirectory);
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", [Owner, _directory.Path, DataDirectory]);
        }

        await RunAsOwnerAsync(Path.Combine(Programs, "initdb"), ["-D", DataDirectory, "-A", "trust", "-U", Owner, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]);
        await StartAgainAsync();
    }

    /// <summary>Starts the server on the same port and data after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The PostgreSQL server runs already.");
        }

        int starts = Starts();
        _process = await StartAsOwnerAsync(Path.Combine(Programs, "postgres"),
        [
            "-D", DataDirectory, "-c", "listen_addresses=127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "unix_socket_directories=", "-c", "fsync=off",
            "-c", "max_connections=200",
        ]);
        ChildProcess process = _process;
        await Eventually.HoldsAsync(
            async cancellation =>
            {
                if (process.HasExited)
                {
                    throw new EventuallyAbortedException($"The PostgreSQL server ended with {process.ExitCode}.{Environment.NewLine}{_output}");
                }

                try
                {
                    using TcpClient client = new();
                    await client.ConnectAsync("127.0.0.1", Port, cancellation);
                }
                catch (SocketException)
                {
                    return false;
                }

                return Starts() > starts;
            },
            "an answer of the PostgreSQL server",
            TimeSpan.FromSeconds(60),
            _output.ToString);
    }

    /// <summary>A new, empty database, as a connection string.</summary>
    /// <param name="options">Of <c>createdb</c>.</param>
    public async Task<string> CreateDatabaseAsync(params string[] options)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await RunAsync(Path.Combine(Programs, "createdb"), ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", Owner, .. options, name]);
        return ConnectionString(name);
    }

    /// <summary>Of a database of the server.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={Owner};Database={database}");

    /// <summary>What a query answers, a line for each row and <c>|</c> between columns.</summary>
    /// <param name="connectionString">Of a database of the server.</param>
    public async Task<string> QueryAsync(string connectionString, string sql)
    {
        string database = new DbConnectionStringBuilder { ConnectionString = connectionString }["Database"].ToString()!;
        string[] arguments = ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", Owner, "-d", database, "-Atc", sql];
        ChildProcess psql = await ChildProcess.StartAsync("psql", Path.Combine(Programs, "psql"), arguments, _directory.Path);
        await ExpectAsync(psql);
        return string.Join('\n', psql.Output.Lines.Where(static line => line.StartsWith("out: ", StringComparison.Ordinal)).Select(static line => line["out: ".Length..]));
    }

    /// <summary>SIGSTOP of all its processes: connections stay open, new ones are accepted by the kernel, and nothing is answered.</summary>
    public void Suspend() => SendToAll(ProcessSignal.Suspend);

    /// <summary>Ends <see cref="Suspend"/>.</summary>
    public void Resume() => SendToAll(ProcessSignal.Resume);

    /// <summary>SIGINT, the fast way down: sessions are cut off, and waits for the end.</summary>
    public Task StopAsync() => EndAsync(static process => process.InterruptAsync());

    /// <summary>SIGKILL of the server; the processes of its sessions end when they see that.</summary>
    public Task KillAsync() => EndAsync(static process => process.KillAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }

    /// <inheritdoc/>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private int Starts() => _output.Lines.Count(static line => line.Contains("database system is ready to accept connections", StringComparison.Ordinal));

    // The one that starts the others comes first, so that none is started that is not sent the signal.
    private void SendToAll(ProcessSignal signal)
    {
        ProcessSignals.Send(ProcessId, signal);
        foreach (string child in File.ReadAllText($"/proc/{ProcessId}/task/{ProcessId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            ProcessSignals.Send(int.Parse(child, CultureInfo.InvariantCulture), signal);
        }
    }

    private async Task EndAsync(Func<ChildProcess, Task> end)
    {
        await using ChildProcess process = Running;
        _process = null;
        await end(process);
    }

    private Task<ChildProcess> StartAsOwnerAsync(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? ChildProcess.StartAsync(
            "PostgreSQL server", "setpriv",

            // A change of user takes the first --pdeathsig away again.
            [$"--reuid={Owner}", $"--regid={Owner}", "--init-groups", "setpriv", "--pdeathsig", "KILL", program, .. arguments],
            _directory.Path, output: _output)
        : ChildProcess.StartAsync("PostgreSQL server", program, arguments, _directory.Path, output: _output);

    private async Task RunAsOwnerAsync(string program, string[] arguments) => await ExpectAsync(await StartAsOwnerAsync(program, arguments));

    private async Task RunAsync(string program, string[] arguments) =>
        await ExpectAsync(await ChildProcess.StartAsync(Path.GetFileName(program), program, arguments, _directory.Path));

    private static async Task ExpectAsync(ChildProcess process)
    {
        await using (process)
        {
            int exitCode = await process.WaitForExitAsync();
            if (exitCode != 0)
            {
                throw new XunitException($"{process.Name} ended with {exitCode}.{Environment.NewLine}{process.Output}");
            }
        }
    }
}
