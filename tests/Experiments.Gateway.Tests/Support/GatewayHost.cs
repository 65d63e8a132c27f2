using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Gateway.Tests.Support;

/// <summary>The gateway in a host that does what the real one does around it, and a client that sends what it is told to.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly TestServer _server;

    private GatewayHost(TestServer server)
    {
        _server = server;
        Client = ClientFrom("127.0.0.1");
    }

    public Uri Url => _server.Url;

    public HttpClient Client { get; }

    public static async Task<GatewayHost> StartAsync(
        GatewayOptions options, Action<WebApplication>? endpoints = null, TimeProvider? clock = null, Action<IServiceCollection>? services = null)
    {
        TestServer server = await TestServer.StartAsync(
            all =>
            {
                all.AddProblemDetails(problems => problems.CustomizeProblemDetails = problem =>
                    problem.ProblemDetails.Extensions["error"] = problem.ProblemDetails.Detail);
                all.AddSingleton(clock ?? TimeProvider.System);
                services?.Invoke(all);
                all.AddExperimentsGateway(options);
            },
            app =>
            {
                app.UseExceptionHandler();
                app.UseStatusCodePages();
                app.UseExperimentsGateway();
                app.UseRouting();
                endpoints?.Invoke(app);
                app.MapExperimentsGateway();
            });
        return new GatewayHost(server);
    }

    /// <summary>A client whose connections come from this loopback address.</summary>
    public HttpClient ClientFrom(string loopbackAddress) => LoopbackClient.Create(loopbackAddress, Url);

    /// <summary>An address of the gateway whose path and query are sent exactly as written.</summary>
    public Uri Target(string pathAndQuery) => new(
        Url.GetLeftPart(UriPartial.Authority) + pathAndQuery,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <inheritdoc cref="TestServer.StopAsync"/>
    public Task StopAsync() => _server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
