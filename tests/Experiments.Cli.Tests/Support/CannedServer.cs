using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.Cli.Tests.Support;

/// <summary>Answers what a test says: what no healthy server of ours would. It keeps what it was asked.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    /// <summary>The environments <c>b</c> and <c>prod</c>, as their list.</summary>
    public const string Environments = """
        {"data":[{"id":"e2","name":"b"},{"id":"e1","name":"prod"}],"pagination":{"page":1,"pageSize":100,"total":2,"totalPages":1}}
        """;

    private readonly WebApplication _app;

    private CannedServer(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Each as <c>METHOD path?query</c> with headers and body.</summary>
    public ConcurrentQueue<CannedRequest> Requests { get; } = new();

    /// <param name="answer">The answer.</param>
    /// <param name="answersEnvironments">Whether the list of environments is answered without it.</param>
    public static async Task<CannedServer> StartAsync(Func<HttpContext, CannedRequest, Task> answer, bool answersEnvironments = true)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = null);
        WebApplication app = builder.Build();
        var server = new CannedServer(app);
        app.Run(context => server.AnswerAsync(context, answer, answersEnvironments));
        await app.StartAsync();
        return server;
    }

    public static Task WriteJsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
        return context.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, CannedRequest, Task> answer, bool answersEnvironments)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new CannedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString.Value,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        await (answersEnvironments && request.Target.StartsWith("/api/environments?", StringComparison.Ordinal)
            ? WriteJsonAsync(context, Environments)
            : answer(context, request));
    }
}
