using System.Net;
using Xunit.Abstractions;

namespace Experiments.Tests.Support;

/// <summary>
/// One of our programs as a process of its own, on a free loopback port and with an empty directory of its own as content
/// root. Port, directory and settings stay the same when it is started again, so it finds its data. What all its runs
/// print is in <see cref="Output"/>, which every failure raised here shows.
/// </summary>
/// <param name="program">Which one.</param>
/// <param name="settings">
/// Keys of the configuration section <c>Experiments</c> without that word and their values, for example <c>("Roles", "control")</c>.
/// </param>
/// <param name="log">Gets the output when this object is disposed; xunit shows it for a failed test.</param>
public sealed class ProductProcess(
    ProductProgram program, IEnumerable<(string Key, string Value)> settings, ITestOutputHelper? log = null) : IAsyncDisposable
{
    /// <value>How long a program may take to become healthy: 60 s, because several may start at once on a busy machine.</value>
    public static TimeSpan HealthyLimit { get; } = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private readonly (string Key, string Value)[] _settings = [.. settings];
    private readonly int _port = FreePort.Next();
    private HttpClient? _http;
    private ChildProcess? _process;

    /// <summary>Content root and current directory; kept until dispose.</summary>
    public string ContentRoot => _directory.Path;

    /// <summary>What it listens on; <c>0.0.0.0</c> is every interface.</summary>
    /// <value>Default 127.0.0.1.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Where it is asked, without a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Client for <see cref="Url"/>: no redirects, no cookies, 30 s.</summary>
    public HttpClient Http => _http ??= CreateClient();

    /// <summary>What all runs printed.</summary>
    public ProcessOutput Output { get; } = new();

    /// <summary>Whether it was started and has not ended.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Process id of the current or last run.</summary>
    public int ProcessId => Process.Id;

    /// <summary>Exit code of the last run, which must have ended; 137 after <see cref="Kill"/>.</summary>
    public int ExitCode => Process.ExitCode;

    private ChildProcess Process => _process ?? throw new InvalidOperationException($"{program} has not been started.");

    /// <summary>Starts a program and waits until it is healthy.</summary>
    public static async Task<ProductProcess> StartAsync(
        ProductProgram program, IEnumerable<(string Key, string Value)> settings, ITestOutputHelper? log = null)
    {
        ProductProcess process = new(program, settings, log);
        try
        {
            await process.StartAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, for the first time or again after it ended, and waits until it is healthy.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync();
        await WaitUntilHealthyAsync();
    }

    /// <summary>Starts it and returns at once: for programs that are expected to refuse to start, or to be killed while starting.</summary>
    public async Task LaunchAsync()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{program} at {Url} runs already.");
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        (string fileName, string[] first) = ProductProgramFiles.CommandFor(program);
        string[] arguments =
        [
            .. first,
            "--urls", $"http://{Host}:{_port}",
            "--contentRoot", _directory.Path,
            .. _settings.Select(setting => $"--Experiments:{setting.Key}={setting.Value}"),
        ];
        _process = await ChildProcess.StartAsync(
            $"{program} at {Url}", fileName, arguments, _directory.Path, ProductProgramFiles.Environment, Output);
    }

    /// <summary>Waits until <c>GET /health</c> answers 200. Fails at once when the process ends.</summary>
    /// <param name="within">Null is <see cref="HealthyLimit"/>.</param>
    public Task WaitUntilHealthyAsync(TimeSpan? within = null)
    {
        ChildProcess process = Process;
        return Eventually.ReadAsync(
            async cancellation =>
            {
                if (process.HasExited)
                {
                    throw new EventuallyAbortedException($"{process.Name} ended with {process.ExitCode}.{Environment.NewLine}{Output}");
                }

                using HttpResponseMessage response = await Http.GetAsync(new Uri("/health", UriKind.Relative), cancellation);
                return (response.StatusCode, Body: await response.Content.ReadAsStringAsync(cancellation));
            },
            health => health.StatusCode == HttpStatusCode.OK,
            $"200 from GET /health of {process.Name}",
            within ?? HealthyLimit,
            Output.ToString);
    }

    /// <inheritdoc cref="ChildProcess.WaitForExitAsync"/>
    public Task<int> WaitForExitAsync(TimeSpan? within = null) => Process.WaitForExitAsync(within);

    /// <inheritdoc cref="ChildProcess.StopAsync"/>
    public Task<int> StopAsync(TimeSpan? within = null) => Process.StopAsync(within);

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task KillAsync() => Process.KillAsync();

    /// <inheritdoc cref="ChildProcess.Kill"/>
    public void Kill() => Process.Kill();

    /// <inheritdoc cref="ChildProcess.Suspend"/>
    public void Suspend() => Process.Suspend();

    /// <inheritdoc cref="ChildProcess.Resume"/>
    public void Resume() => Process.Resume();

    /// <summary>Ends it, in whatever state, and deletes <see cref="ContentRoot"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http?.Dispose();
        _directory.Dispose();
        log?.WriteLine($"{program} at {Url} {Output}");
    }

    private HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(Url),
            Timeout = TimeSpan.FromSeconds(30),
        };
}
