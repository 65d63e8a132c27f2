using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Experiments.Gateway.Proxying;

/// <summary>A request that a decide node did not answer goes to another one. Deciding changes nothing, so it may be asked twice.</summary>
internal static class DecideFailover
{
    // Of a body that is kept for a second attempt. A larger one has one attempt.
    private const int MaxBodyBytes = 64 * 1024;

    public static async Task InvokeAsync(HttpContext context, Func<Task> next)
    {
        IReverseProxyFeature proxy = context.GetReverseProxyFeature();
        if (proxy.AllDestinations.Count < 2 || context.Request.ContentLength > MaxBodyBytes
            || (context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count > 0))
        {
            await next();
            return;
        }

        if (context.Request.ContentLength > 0)
        {
            context.Request.EnableBuffering(MaxBodyBytes);
        }

        List<DestinationState> tried = [];
        while (true)
        {
            IReadOnlyList<DestinationState> rest = [.. proxy.AvailableDestinations.Except(tried)];
            proxy.AvailableDestinations = [Pick(rest.Count > 0 ? rest : proxy.AllDestinations.Except(tried).ToArray())];
            tried.Add(proxy.AvailableDestinations[0]);
            await next();
            if (!CanBeAskedAgain(context) || tried.Count == proxy.AllDestinations.Count)
            {
                return;
            }

            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
            if (context.Request.Body.CanSeek)
            {
                context.Request.Body.Position = 0;
            }
        }
    }

    private static bool CanBeAskedAgain(HttpContext context) => context.GetForwarderErrorFeature() is { Error: not ForwarderError.RequestBodyClient and not ForwarderError.RequestCanceled and not ForwarderError.RequestBodyCanceled }
        && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested;

    private static DestinationState Pick(IReadOnlyList<DestinationState> of)
    {
        DestinationState one = of[Random.Shared.Next(of.Count)];
        DestinationState other = of[Random.Shared.Next(of.Count)];
        return one.ConcurrentRequestCount <= other.ConcurrentRequestCount ? one : other;
    }
}
