using System.Net;
using System.Net.Http.Headers;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Sources;

/// <summary>A snapshot store behind a URL: a control server, a gateway, or anything that serves the same paths.</summary>
internal sealed class HttpSource : ISnapshotSource, IDisposable
{
    // Long-lived connections would keep talking to an address that DNS no longer gives.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly Uri _base;

    public HttpSource(Uri baseUrl)
    {
        _base = baseUrl;
        _http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = ConnectionLifetime,
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // The poller gives each read a time of its own.
        };
    }

    public string Location => _base.AbsoluteUri.TrimEnd('/');

    public ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(key, etag, maxBytes, static () => { }, cancellationToken);

    public async ValueTask<SourceObject> ReadAsync(
        string key, string? etag, int maxBytes, Action onBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, SnapshotKeys.UrlOf(_base, key));
        if (etag is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(etag));
        }

        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified:
                return SourceObject.NotModified;
            case HttpStatusCode.NotFound:
                return SourceObject.Missing;
            case HttpStatusCode.Forbidden:
                // A bucket behind a CDN answers so for what is missing.
                return SourceObject.Denied;
            default:
                response.EnsureSuccessStatusCode();
                break;
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return SourceObject.Found(
            await BoundedStream.ReadToEndAsync(body, response.Content.Headers.ContentLength, maxBytes, onBytes, cancellationToken),
            response.Headers.ETag?.ToString());
    }

    public void Dispose() => _http.Dispose();
}
