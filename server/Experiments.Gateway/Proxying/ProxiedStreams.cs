using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Transforms;

namespace Experiments.Gateway.Proxying;

/// <summary>
/// Breaks off the event streams and WebSockets that go through this process when it stops: they do not end by themselves, and stopping
/// would wait for them. Whoever listens connects again, to another gateway. Other requests are answered.
/// </summary>
internal sealed class ProxiedStreams : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _ends = new();

    public ValueTask WatchAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && IsStream(response))
        {
            // Forgotten with the request, or a later one on the same connection would be broken off.
            context.HttpContext.Response.RegisterForDispose(
                _ends.Token.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context.HttpContext));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Called after the drain of the process and before its server stops.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _ends.CancelAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _ends.Dispose();

    // Over HTTP/2 a WebSocket is the answer to a CONNECT.
    private static bool IsStream(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.SwitchingProtocols
        || response.RequestMessage?.Method == HttpMethod.Connect
        || IsEvents(response);

    // As it came: a header that is parsed once is written anew when it is sent on.
    private static bool IsEvents(HttpResponseMessage response) => response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types)
        && types.ToString().AsSpan().TrimStart().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
