using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Tests;

/// <summary>A real web server on a free loopback port that answers each request as a test says.</summary>
internal sealed class HttpStore : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _targets = new();

    private HttpStore(WebApplication app) => _app = app;

    /// <summary>Without a slash at the end.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Request targets as they were on the wire.</summary>
    public IReadOnlyCollection<string> Targets => _targets;

    public static async Task<HttpStore> StartAsync(Func<HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var store = new HttpStore(app);
        app.Run(context =>
        {
            store._targets.Enqueue(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
            return answer(context);
        });
        await app.StartAsync();
        return store;
    }

    /// <summary>Answers every request with this.</summary>
    public static Task<HttpStore> StartAsync(int status, byte[] content, string? etag = null) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        if (etag is not null)
        {
            context.Response.Headers.ETag = etag;
        }

        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    });

    /// <summary>Announces <paramref name="announced"/> bytes, sends fewer and drops the connection.</summary>
    public static Task<HttpStore> StartCutOffAsync(byte[] sent, long announced) => StartAsync(async context =>
    {
        context.Response.ContentLength = announced;
        await context.Response.Body.WriteAsync(sent);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Never answers: waits until the caller goes away.</summary>
    public static Task<HttpStore> StartHungAsync(bool afterHeaders = false) => StartAsync(async context =>
    {
        if (afterHeaders)
        {
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
        }

        var gone = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
