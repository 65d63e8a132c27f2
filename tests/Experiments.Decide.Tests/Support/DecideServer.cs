using System.Net.Http.Headers;
using System.Text;
using Experiments.Decide.Endpoints.Environments;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Experiments.Decide.Tests.Support;

/// <summary>The program's own server on a port of its own, with what it logs.</summary>
internal sealed class DecideServer : IAsyncDisposable
{
    /// <summary>Raw, because Uri repairs what some tests send.</summary>
    private static readonly UriCreationOptions s_raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private DecideServer(WebApplication app, FakeLogCollector logs)
    {
        _app = app;
        Logs = logs;
        Url = app.Urls.Single();
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Url { get; }

    public Uri Address => new(Url);

    public FakeLogCollector Logs { get; }

    public DecideEnvironments Environments => _app.Services.GetRequiredService<DecideEnvironments>();

    /// <summary>Everything logged, one line each.</summary>
    public string LogText => string.Join('\n', Logs.GetSnapshot().Select(record => $"{record.Level} {record.Message} {record.Exception}"));

    public static Task<DecideServer> StartAsync(SnapshotStore store, params string[] arguments) =>
        StartAsync(store, _ => { }, arguments);

    public static async Task<DecideServer> StartAsync(SnapshotStore store, Action<IServiceCollection> configure, params string[] arguments)
    {
        var logs = new FakeLogCollector();
        WebApplication app = DecideProgram.Build(
            [
                "--urls", "http://127.0.0.1:0",
                "--contentRoot", Path.GetDirectoryName(store.Path)!,
                $"--Experiments:Snapshots:Directory={store.Path}",
                "--Experiments:PollInterval=00:00:00.050",
                .. arguments,
            ],
            services =>
            {
                services.AddLogging(logging => logging.ClearProviders().AddProvider(new FakeLoggerProvider(logs)));
                configure(services);
            });
        await app.StartAsync();
        return new DecideServer(app, logs);
    }

    public Task<Answer> GetAsync(string pathAndQuery) => SendAsync(HttpMethod.Get, pathAndQuery);

    /// <summary>GET /decide for a user key and context that need no care.</summary>
    public Task<Answer> DecideAsync(string environment, string userKey = "user-123", string context = "") =>
        GetAsync($"/decide?user_key={Uri.EscapeDataString(userKey)}&env={Uri.EscapeDataString(environment)}&context={Uri.EscapeDataString(context)}");

    public Task<Answer> PostAsync(string json, string contentType = "application/json") => PostAsync(Encoding.UTF8.GetBytes(json), contentType);

    public Task<Answer> PostAsync(byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, "/decide", content);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string pathAndQuery, HttpContent? content = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url + pathAndQuery, s_raw)) { Content = content };
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
