using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Experiments.Cli.Api;

/// <summary>The server's API. Every failure is a <see cref="CliException"/> that says what went wrong and with which exit code.</summary>
internal sealed class ApiClient : IDisposable
{
    // Far above what a server answers; a stream that never ends must not fill the memory.
    private const int MaxAnswerBytes = 256 * 1024 * 1024;
    private const int MaxDepth = 512;

    // Where nothing limits the answer: an address that nobody answers at must not be waited for without end.
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(30);

    private readonly ApiSettings _settings;
    private readonly HttpClient _http;

    public ApiClient(ApiSettings settings)
    {
        _settings = settings;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            // A proxy never reaches this machine's own loopback.
            UseProxy = !settings.Server.IsLoopback,
            ConnectTimeout = IsPatient(settings) ? s_connectLimit : Timeout.InfiniteTimeSpan,
            // Names in headers need not be ASCII.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(settings.Server, "api/"),
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("experiments-cli");
    }

    public Task<ApiAnswer> GetAsync(Query path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <param name="method">GET, POST or PATCH.</param>
    /// <param name="path">Below <c>/api/</c>.</param>
    /// <param name="body">Null is none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="ifMatch">The state that the change is meant for; null is any.</param>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, Query path, HttpContent? body, CancellationToken cancellation, string? ifMatch = null)
    {
        using HttpResponseMessage response = await RequestAsync(method, path, body, ifMatch, cancellation);
        JsonElement json = await ApiFailures.ReadJsonAsync(response, MaxDepth, cancellation)
            ?? throw ApiFailures.NotOurs(response);
        return new ApiAnswer(json, PublishNote.First(response.Headers, "ETag"), PublishNote.Of(response.Headers));
    }

    /// <summary>An answer as it is: a file.</summary>
    /// <param name="path">Below <c>/api/</c>.</param>
    /// <param name="mediaType">A part of what its content type must be, so that a proxy's page is not taken for it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<byte[]> DownloadAsync(Query path, string mediaType, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, path, null, null, cancellation);
        string? actual = response.Content.Headers.ContentType?.MediaType;
        return actual?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) == true
            ? await response.Content.ReadAsByteArrayAsync(cancellation)
            : throw ApiFailures.NotOurs(response);
    }

    /// <summary>Writes the answer to <paramref name="output"/> as it comes.</summary>
    public async Task DownloadAsync(Query path, string mediaType, Stream output, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, path, null, null, cancellation, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType?.Contains(mediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw ApiFailures.NotOurs(response);
        }

        try
        {
            await response.Content.CopyToAsync(output, cancellation);
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException cause)
        {
            // Also what the output throws comes like this.
            string fault = cause is HttpIOException or { InnerException: SocketException } ? $"{_settings.Server} broke off its answer" : "cannot write";
            throw new CliException(ExitCode.Refused, $"{fault}: {cause.Message}", exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> RequestAsync(
        HttpMethod method, Query path, HttpContent? body, string? ifMatch, CancellationToken cancellation,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method, new Uri(path.ToString(), UriKind.Relative)) { Content = body };
        if (method != HttpMethod.Get)
        {
            Add(request, "x-actor", _settings.Actor);
            Add(request, "x-reason", _settings.Reason);
            Add(request, "If-Match", ifMatch);
        }

        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw ApiFailures.Unreachable(_settings.Server, exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            string fault = IsPatient(_settings)
                ? $"cannot reach {_settings.Server}: no connection within {s_connectLimit.TotalSeconds} s"
                : $"{_settings.Server} did not answer within {_settings.Timeout.TotalSeconds} s (--timeout)";
            throw new CliException(ExitCode.Unreachable, fault, exception);
        }

        using HttpResponseMessage? failed = response.IsSuccessStatusCode ? null : response;
        return failed is null ? response : throw await ApiFailures.OfAsync(failed, MaxDepth, cancellation);
    }

    private static bool IsPatient(ApiSettings settings) => settings.Timeout == Timeout.InfiniteTimeSpan;

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
