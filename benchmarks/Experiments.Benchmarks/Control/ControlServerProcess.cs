using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Experiments.Benchmarks.Control;

/// <summary>The product as users start it, with an empty database, and its API.</summary>
internal sealed class ControlServerProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly HttpClient _http;

    private ControlServerProcess(Process process, HttpClient http) => (_process, _http) = (process, http);

    /// <summary>Where its pages are.</summary>
    public Uri Url => new(_http.BaseAddress!, "/");

    /// <param name="program">Experiments.Server.dll.</param>
    /// <param name="directory">For its data.</param>
    /// <param name="settings">More of its command line.</param>
    public static async Task<ControlServerProcess> StartAsync(string program, string directory, params string[] settings)
    {
        int port = FreePort();
        var start = new ProcessStartInfo("dotnet", [program, "--urls", $"http://127.0.0.1:{port}", "--Experiments:DataDirectory", directory, .. settings])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = directory,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ControlServerProcess(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/"), Timeout = AnswerLimit });
        long startedAt = Stopwatch.GetTimestamp();
        while (!await server.IsHealthyAsync())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(startedAt) > Limit)
            {
                server.Dispose();
                throw new InvalidOperationException($"{program} did not start.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        return server;
    }

    public void Dispose()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>The body of the answer.</summary>
    /// <exception cref="InvalidOperationException">It is no success.</exception>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage response = await _http.SendAsync(request);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {Encoding.UTF8.GetString(answer)}");
    }

    /// <inheritdoc cref="SendAsync"/>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, string? body = null) =>
        JsonElement.Parse(await SendAsync(method, path, body));

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri("/health", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
