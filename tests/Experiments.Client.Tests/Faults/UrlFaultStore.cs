using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Tests.Faults;

/// <summary>A web server that serves the objects with ETags, as control servers do.</summary>
internal sealed class UrlFaultStore : FaultStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private HttpStore? _server;

    public override string Upstream => _server!.Url;

    public static async Task<FaultStore> CreateAsync()
    {
        var store = new UrlFaultStore();
        store._server = await HttpStore.StartAsync(store.AnswerAsync);
        return store;
    }

    public override void Use(ExperimentsBuilder builder, string url) => builder.FromUrl(url);

    public override Task PutAsync(string key, byte[] content)
    {
        _objects[key] = content;
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(string key)
    {
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!_objects.TryGetValue(context.Request.Path.Value!.TrimStart('/'), out byte[]? content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    }
}
