using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Decide.Tests.Environments;

/// <summary>The events of a control server on a free loopback port, with a count of the connections that were made to it.</summary>
internal sealed class PushServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Channel<string>> _streams = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private int _connections;

    private PushServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
        {
            Interlocked.Increment(ref _connections);
            return next(connection);
        })));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>All that were ever made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Whose streams are open, in order and with a blank between them.</summary>
    public string Listening => string.Join(' ', _streams.Keys.Order(StringComparer.Ordinal));

    public static async Task<PushServer> StartAsync()
    {
        var server = new PushServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Tells those who listen for the environment.</summary>
    public void Publish(string environment) => Assert.True(_streams[environment].Writer.TryWrite("published"));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string environment = context.Request.Path.Value!.Split('/')[2]; // /configs/{environment}/events
        Channel<string> events = Channel.CreateUnbounded<string>();
        _streams[environment] = events;
        try
        {
            context.Response.ContentType = "text/event-stream";
            await SendAsync(context, "heartbeat");
            await foreach (string type in events.Reader.ReadAllAsync(context.RequestAborted))
            {
                await SendAsync(context, type);
            }
        }
        finally
        {
            _streams.TryRemove(KeyValuePair.Create(environment, events));
        }
    }

    private static async Task SendAsync(HttpContext context, string type)
    {
        await context.Response.WriteAsync($"event: {type}\ndata: -\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
