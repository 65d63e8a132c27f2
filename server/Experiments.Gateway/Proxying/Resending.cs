using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Experiments.Gateway.Proxying;

/// <summary>Which requests may be sent a second time, and after what.</summary>
internal static class Resending
{
    // Of a body that is kept for a second attempt.
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Keeps the body for another attempt.</summary>
    /// <returns><see langword="false"/> where it is too large for that, or of unknown length.</returns>
    public static bool KeepBody(HttpContext context)
    {
        if (!HasBody(context))
        {
            return true;
        }

        if (context.Request.ContentLength is not <= MaxBodyBytes)
        {
            return false;
        }

        context.Request.EnableBuffering(MaxBodyBytes);
        return true;
    }

    /// <summary>Whether it asks and changes nothing.</summary>
    public static bool IsSafe(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !HasBody(context);

    /// <summary>Whether the request that just failed may be sent to somebody else.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="isRepeatable">Whether it may be sent although the server may have had it; else only where nothing was sent.</param>
    public static bool IsPossible(HttpContext context, bool isRepeatable)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        if (context.Features.Get<RefusedDecision>() is { IsRefused: true })
        {
            return true;
        }

        return context.GetForwarderErrorFeature() is { } failure && (WasNotSent(failure) || (isRepeatable && IsOfTheServer(context, failure.Error)));
    }

    /// <summary>Takes back what the last attempt left.</summary>
    public static void Prepare(HttpContext context)
    {
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Get<RefusedDecision>()?.IsRefused = false;
        if (context.Request.Body.CanSeek)
        {
            context.Request.Body.Position = 0;
        }
    }

    // HTTP/2 has bodies without a length and without a header that says so.
    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength is not 0;

    // The body is read only once there is a connection, so it is all still there.
    private static bool WasNotSent(IForwarderErrorFeature failure) =>
        failure.Error is ForwarderError.Request or ForwarderError.RequestTimedOut && IsWithoutConnection(failure.Exception);

    // With a TimeoutException within: the time to connect was over, not the time to answer.
    private static bool IsWithoutConnection(Exception? exception) =>
        ProxyErrors.IsUnreachable(exception) || exception is OperationCanceledException { InnerException: TimeoutException };

    // A control server may take its time over something large; another one would take as long. Deciding is done in microseconds.
    private static bool IsOfTheServer(HttpContext context, ForwarderError error) => error switch
    {
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled or ForwarderError.RequestCanceled => false,
        ForwarderError.RequestTimedOut => context.GetReverseProxyFeature().Cluster.Config.ClusterId is ProxyClusters.Decide or ProxyClusters.DecideAgain,
        _ => true,
    };
}
