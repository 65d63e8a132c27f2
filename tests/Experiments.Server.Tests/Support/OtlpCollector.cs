using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Experiments.Server.Tests.Support;

/// <summary>A loopback server that takes whatever it is sent by OTLP and keeps where it was sent to.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Each as <c>path content-type</c>, of those that had a body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <param name="protocols">HTTP/2 alone for gRPC: without TLS nothing tells them apart.</param>
    public static async Task<OtlpCollector> StartAsync(HttpProtocols protocols)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        WebApplication app = builder.Build();
        var collector = new OtlpCollector(app);
        app.Run(collector.AnswerAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0)
        {
            Requests.Enqueue($"{context.Request.Path} {context.Request.ContentType}");
        }

        context.Response.ContentType = context.Request.ContentType;
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            // An empty message, and that all went well.
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
