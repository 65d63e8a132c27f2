using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Experiments.Gateway.Tests.Support;

/// <summary>Stands in for control or decide: remembers what reached it and answers as a test says.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly TestServer _server;

    private Backend(TestServer server, ConcurrentQueue<ReceivedRequest> received)
    {
        _server = server;
        Received = received;
    }

    public Uri Url => _server.Url;

    public ConcurrentQueue<ReceivedRequest> Received { get; }

    public static async Task<Backend> StartAsync(
        RequestDelegate? answer = null, Action<WebApplication>? pipeline = null, int port = 0, HttpProtocols protocols = HttpProtocols.Http1)
    {
        ConcurrentQueue<ReceivedRequest> received = [];
        TestServer server = await TestServer.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                received.Enqueue(new ReceivedRequest(
                    context.Request.Method,
                    context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                    new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase))));
                return next(context);
            });
            pipeline?.Invoke(app);
            app.Run(answer ?? (_ => Task.CompletedTask));
        }, port, protocols);
        return new Backend(server, received);
    }

    /// <summary>A backend that takes requests and never answers.</summary>
    public static Task<Backend> StartSilentAsync() =>
        StartAsync(context => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
