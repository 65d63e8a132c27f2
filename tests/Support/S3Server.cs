using System.Net;

namespace Experiments.Tests.Support;

/// <summary>
/// A real S3 server (moto) in a process of its own on a free loopback port. It checks no signatures, and keeps objects in
/// memory only: after <see cref="StartAgainAsync"/> every bucket is gone. Clients need <see cref="Url"/> as service URL and
/// path-style addresses. Also an xunit fixture: <c>IClassFixture&lt;S3Server&gt;</c>.
/// </summary>
public sealed partial class S3Server : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Region, access key and secret key to give to clients; the server takes any.</summary>
    public const string Region = "us-east-1";

    /// <inheritdoc cref="Region"/>
    public const string AccessKey = "test-access-key";

    /// <inheritdoc cref="Region"/>
    public const string SecretKey = "test-secret-key";

    private readonly HttpClient _http;
    private readonly TempDirectory _directory = new();
    private readonly ProcessOutput _output = new();
    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;

    /// <summary>Takes a port; <see cref="InitializeAsync"/> starts the server. <see cref="StartAsync"/> does both.</summary>
    public S3Server()
    {
        Url = $"http://127.0.0.1:{_port}";
        _http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(60) };
        // moto takes a request without it for an anonymous one and then answers by the object's access list.
        _http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={AccessKey}/20260101/{Region}/s3/aws4_request, SignedHeaders=host, Signature=0");
    }

    /// <summary>Service URL, the same for the whole life of this object.</summary>
    public string Url { get; }

    /// <summary>What the server printed: one line a request.</summary>
    public ProcessOutput Output => _output;

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<S3Server> StartAsync()
    {
        S3Server server = new();
        await server.InitializeAsync();
        return server;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => StartAgainAsync();

    /// <summary>
    /// Starts the server on the same port after <see cref="StopAsync"/> or <see cref="KillAsync"/>. It is empty then: buckets
    /// must be created again.
    /// </summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The S3 server runs already.");
        }

        string moto = await S3ServerInstallation.DirectoryAsync();
        _process = await ChildProcess.StartAsync(
            "S3 server",
            S3ServerInstallation.Python,
            ["-m", "moto.server", "-H", "127.0.0.1", "-p", $"{_port}"],
            _directory.Path,
            [new("PYTHONPATH", moto), new("PYTHONUNBUFFERED", "1")],
            _output);
        await WaitUntilAnswersAsync(_process);
    }

    /// <summary>Creates a bucket.</summary>
    public async Task CreateBucketAsync(string bucket)
    {
        using HttpResponseMessage response = await _http.PutAsync(new Uri($"/{bucket}", UriKind.Relative), content: null);
        await EnsureSuccessAsync(response, $"create bucket {bucket}");
    }

    /// <summary>SIGTERM, and waits for the end: from then on connections are refused, and the objects are lost.</summary>
    public Task StopAsync() => EndAsync(process => process.StopAsync());

    /// <summary>SIGKILL, and waits for the end: from then on connections are refused, and the objects are lost.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    /// <summary>Freezes the server: connections are accepted by the kernel and get no answer. Objects are kept.</summary>
    public void Suspend() => Running.Suspend();

    /// <summary>Ends <see cref="Suspend"/>; requests that arrived meanwhile are answered now.</summary>
    public void Resume() => Running.Resume();

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _directory.Dispose();
    }

    /// <inheritdoc/>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private ChildProcess Running => _process ?? throw new InvalidOperationException("The S3 server does not run.");

    private async Task EndAsync(Func<ChildProcess, Task> end)
    {
        await using ChildProcess process = Running;
        _process = null;
        await end(process);
    }

    private async Task WaitUntilAnswersAsync(ChildProcess process)
    {
        await Eventually.HoldsAsync(
            async cancellation =>
            {
                if (process.HasExited)
                {
                    throw new EventuallyAbortedException($"The S3 server ended with {process.ExitCode}.{Environment.NewLine}{_output}");
                }

                using HttpResponseMessage response = await _http.GetAsync(new Uri("/", UriKind.Relative), cancellation);
                return response.StatusCode == HttpStatusCode.OK;
            },
            "an answer of the S3 server",
            TimeSpan.FromSeconds(60),
            _output.ToString);
    }

    private async Task EnsureSuccessAsync(HttpResponseMessage response, string action)
    {
        if (!response.IsSuccessStatusCode)
        {
            string body = await response.Content.ReadAsStringAsync();
            throw new InvalidOperationException(
                $"S3 server: {action}: {(int)response.StatusCode} {body}{Environment.NewLine}{_output}");
        }
    }
}
