using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Experiments.Gateway.Proxying;

/// <summary>A request that one of several servers did not answer goes to another one, as far as it may be sent twice.</summary>
internal static class Failover
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IReverseProxyFeature proxy = context.GetReverseProxyFeature();
        return proxy.AllDestinations.Count > 1 ? AskOneAfterAnotherAsync(proxy, context, next) : next(context);
    }

    private static async Task AskOneAfterAnotherAsync(IReverseProxyFeature proxy, HttpContext context, RequestDelegate next)
    {
        int servers = proxy.AllDestinations.Count;
        bool decides = proxy.Cluster.Config.ClusterId is ProxyClusters.Decide;
        bool isRepeatable = decides ? Resending.KeepBody(context) : Resending.IsSafe(context);
        RefusedDecision? refused = null;
        if (decides && isRepeatable)
        {
            context.Features.Set(refused = new RefusedDecision());
        }

        IReadOnlyList<DestinationState> healthy = proxy.AvailableDestinations;

        // A server that the request was bound to is remembered there: the next one would not be told to the browser.
        Dictionary<object, object?>? items = proxy.Cluster.Config.SessionAffinity is null ? null : new(context.Items);
        List<DestinationState> tried = [];
        while (true)
        {
            refused?.CanBeAskedElsewhere = tried.Count + 1 < servers;
            await next(context);
            if (proxy.ProxiedDestination is not { } asked)
            {
                return;
            }

            tried.Add(asked);
            if (tried.Count >= servers || !Resending.IsPossible(context, isRepeatable))
            {
                return;
            }

            Resending.Prepare(context);
            if (items is not null)
            {
                context.Items = new Dictionary<object, object?>(items);
            }

            proxy.AvailableDestinations = Untried(healthy, tried) is { Count: > 0 } rest ? rest : Untried(proxy.AllDestinations, tried);
        }
    }

    private static List<DestinationState> Untried(IReadOnlyList<DestinationState> of, List<DestinationState> tried) => [.. of.Except(tried)];
}
