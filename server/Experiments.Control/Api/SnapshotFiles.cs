using System.Globalization;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Experiments.Control.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Experiments.Control.Api;

/// <summary>
/// Serves the objects of the snapshot store read-only at <c>/configs/...</c>: what <c>FromUrl</c> and browsers poll. It looks at the raw
/// request target, because an environment may be called <c>a/b</c> or <c>..</c>, and decoded paths no longer tell.
/// </summary>
internal sealed partial class SnapshotFiles(
    ISnapshotSource snapshots, PublishEvents events, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SnapshotFiles> logger)
{
    private const int MaxBytes = 512 * 1024 * 1024;
    private const string ApiPrefix = "/api";
    private const string Prefix = "/" + SnapshotKeys.RootFolder + "/";
    private const string EventsFile = "/events";
    private const string ImmutableCaching = "public, max-age=31536000, immutable";
    private const string PointerCaching = "no-cache";

    // A store that hangs is one that cannot be read.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string path = target.Split('?', 2)[0];
        path = path.StartsWith(ApiPrefix + Prefix, StringComparison.Ordinal) ? path[ApiPrefix.Length..] : path;
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        SetCors(http.Response.Headers);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (EventsOf(path[Prefix.Length..]) is { } environment)
        {
            await SendEventsAsync(http, environment);
        }
        else if (KeyOf(path[Prefix.Length..]) is { } key)
        {
            await ServeAsync(http, key);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task ServeAsync(HttpContext http, string key)
    {
        if (await TryReadAsync(key, http) is not { } stored)
        {
            await TypedResults.Problem("The snapshot store cannot be read.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
            return;
        }

        if (stored.Status != SourceObjectStatus.Found)
        {
            await TypedResults.Problem($"Nothing is published at {key}.", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(http);
            return;
        }

        // Of the content, so that every kind of store answers the same, and a store that is moved keeps its readers' tags valid.
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(stored.Content.Span))}\"");
        http.Response.Headers.CacheControl = IsImmutable(key) ? ImmutableCaching : PointerCaching;
        await TypedResults.Bytes(stored.Content, "application/json; charset=utf-8", entityTag: etag).ExecuteAsync(http);
    }

    private async Task SendEventsAsync(HttpContext http, string environment)
    {
        // Whoever comes now would be sent away at once, again and again until the drain is over: another server has time for them.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await TypedResults.Problem("This server is about to stop.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
            return;
        }

        // Nothing on the way is to wait for more of it. And a server that stops does not wait for those who listen.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        IAsyncEnumerable<SseItem<string>> sent = HttpMethods.IsHead(http.Request.Method)
            ? AsyncEnumerable.Empty<SseItem<string>>() // the headers alone, and no listener that nobody hears
            : events.ListenAsync(environment, ends.Token);
        await TypedResults.ServerSentEvents(sent).ExecuteAsync(http);
    }

    /// <summary>The environment whose events the path names; null where it names none.</summary>
    private static string? EventsOf(string path) =>
        path.EndsWith(EventsFile, StringComparison.Ordinal) && EnvironmentOf(path[..^EventsFile.Length]) is { } environment ? environment : null;

    /// <summary>Null where the store cannot be read.</summary>
    private async Task<SourceObject?> TryReadAsync(string key, HttpContext http)
    {
        try
        {
            using var deadline = new CancellationTokenSource(ReadTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
            return await snapshots.ReadAsync(key, etag: null, MaxBytes, either.Token);
        }
#pragma warning disable CA1031 // Whatever a store throws: it is not there, and the caller is to try again.
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogUnreadable(logger, snapshots.Location, exception);
            return null;
        }
    }

    /// <summary>Null where the path names no object of a snapshot store.</summary>
    private static string? KeyOf(string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || EnvironmentOf(path[..slash]) is not { } environment)
        {
            return null;
        }

        string file = path[(slash + 1)..];
        const string Snapshots = "snapshots/";
        const string Extension = ".json";
        if (file == "version.json")
        {
            return SnapshotKeys.Pointer(environment);
        }

        if (file == Snapshots + "latest.json")
        {
            return SnapshotKeys.Latest(environment);
        }

        // No leading zeros: an object that may be cached for ever has one address.
        bool isVersion = file.StartsWith(Snapshots, StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal)
            && file[Snapshots.Length] != '0';
        return isVersion && long.TryParse(
            file.AsSpan()[Snapshots.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? SnapshotKeys.Snapshot(environment, version)
            : null;
    }

    private static string? EnvironmentOf(string segment) => segment.Contains('/', StringComparison.Ordinal) || Uri.UnescapeDataString(segment) is not { } name
        || !EnvironmentNames.IsValid(name)
            ? null
            : name;

    private static bool IsImmutable(string key) =>
        !key.EndsWith("/version.json", StringComparison.Ordinal) && !key.EndsWith("/latest.json", StringComparison.Ordinal);

    private static void SetCors(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        headers.AccessControlAllowHeaders = "If-None-Match";
        headers.AccessControlExposeHeaders = new StringValues("ETag");
    }

    [LoggerMessage(2005, LogLevel.Warning, "The snapshot store {Location} cannot be read")]
    private static partial void LogUnreadable(ILogger logger, string location, Exception exception);
}
