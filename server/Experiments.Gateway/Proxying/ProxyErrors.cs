using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Experiments.Gateway.Proxying;

/// <summary>Gives a body that names the service to the bare status that YARP leaves when a service cannot be asked.</summary>
internal sealed partial class ProxyErrors(ILogger<ProxyErrors> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        (string service, string url) = Destination(context);
        LogFailure(logger, service, url, failure.Error, failure.Exception?.GetBaseException().Message);
        int status = context.Response.StatusCode;
        // Below 400 the service answered and merely did not want the rest of the request's body.
        if (context.Response.HasStarted || status < StatusCodes.Status400BadRequest)
        {
            return;
        }

        context.Response.Clear();
        await TypedResults.Problem(detail: Detail(status, failure, service, url), statusCode: status).ExecuteAsync(context);
    }

    private static (string Service, string Url) Destination(HttpContext context)
    {
        IReverseProxyFeature proxy = context.GetReverseProxyFeature();
        var (service, destination) = proxy.ProxiedDestination is { } asked
            ? (asked.DestinationId, asked.Model.Config)
            : proxy.Cluster.Config.Destinations!.Select(static one => (one.Key, one.Value)).First();
        return (service, destination.Address.TrimEnd('/'));
    }

    private static string Detail(int status, IForwarderErrorFeature failure, string service, string url) => status switch
    {
        StatusCodes.Status504GatewayTimeout => $"The {service} service at {url} did not answer in time.",
        StatusCodes.Status502BadGateway when IsUnreachable(failure.Exception) => $"The {service} service at {url} is unreachable.",
        >= StatusCodes.Status500InternalServerError => $"The {service} service at {url} gave no complete answer.",
        StatusCodes.Status413PayloadTooLarge => "The request's body is larger than the gateway takes.",
        StatusCodes.Status408RequestTimeout => "The request's body came too slowly.",
        _ => "The request's body could not be read.",
    };

    /// <summary>Whether there was no connection to send the request over.</summary>
    public static bool IsUnreachable(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError,
    };

    [LoggerMessage(
        EventId = 3101, Level = LogLevel.Warning, Message = "A request to the {Service} service at {Url} failed: {Error}, {Reason}")]
    private static partial void LogFailure(ILogger logger, string service, string url, ForwarderError error, string? reason);
}
