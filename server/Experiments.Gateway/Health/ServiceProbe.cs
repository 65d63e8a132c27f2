using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Gateway.Health;

/// <summary>Asks one service how it is: over HTTP where it is elsewhere, by its delegate where it is in this process.</summary>
internal sealed partial class ServiceProbe(TimeProvider clock, ILogger<ServiceProbe> logger) : IDisposable
{
    public const string Ok = "ok";
    private const string Unhealthy = "unhealthy";
    private const string Unreachable = "unreachable";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        // Follows a service that moves to another address.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<string> AskAsync(
        string service, Uri? url, Func<IServiceProvider, CancellationToken, ValueTask<bool>>? inProcess, HttpContext context, bool isHttp2 = false)
    {
        CancellationToken aborted = context.RequestAborted;
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            bool isOk = url is null
                ? inProcess is null || await inProcess(context.RequestServices, either.Token).AsTask().WaitAsync(either.Token)
                : await AskThereAsync(url, isHttp2, either.Token);
            return isOk ? Ok : Unhealthy;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return Unreachable;
        }
        catch (HttpRequestException) when (url is not null)
        {
            return Unreachable;
        }
        catch (Exception exception) when (url is null && !aborted.IsCancellationRequested)
        {
            LogHealthFailed(logger, service, exception);
            return Unhealthy;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AskThereAsync(Uri url, bool isHttp2, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(url.AbsoluteUri.TrimEnd('/') + "/health"));
        if (isHttp2)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "The health of the {Service} service could not be told")]
    private static partial void LogHealthFailed(ILogger logger, string service, Exception exception);
}
