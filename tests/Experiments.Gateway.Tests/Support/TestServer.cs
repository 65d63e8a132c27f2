using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Gateway.Tests.Support;

/// <summary>A real Kestrel on loopback; on a free port unless a test brings a server back to where it was.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const int MaxRequestLineBytes = 64 * 1024;
    private readonly WebApplication _app;

    private TestServer(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<TestServer> StartAsync(Action<IServiceCollection> services, Action<WebApplication> pipeline, int port = 0, HttpProtocols protocols = HttpProtocols.Http1)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        builder.Services.AddRouting();
        services(builder.Services);
        WebApplication app = builder.Build();
        pipeline(app);
        await app.StartAsync();
        return new TestServer(app, new Uri(app.Urls.Single()));
    }

    /// <summary>Stops as a process does that has all its time.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        // A test may leave requests hanging on purpose.
        using var noPatience = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(noPatience.Token);
        await _app.DisposeAsync();
    }
}
