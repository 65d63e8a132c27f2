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
        IReadOnlyList<DestinationState> all = proxy.AllDestinations;
        IReadOnlyList<DestinationState> healthy = proxy.AvailableDestinations;
        bool decides = proxy.Cluster.Config.ClusterId is ProxyClusters.Decide;
        bool isRepeatable = decides ? Resending.KeepBody(context) : Resending.IsSafe(context);
        RefusedDecision? refused = null;
        if (decides && isRepeatable)
        {
            context.Features.Set(refused = new RefusedDecision());
        }

        // A server that the request was bound to is remembered there: the next one would not be told to the browser.
        Dictionary<object, object?>? items = proxy.Cluster.Config.SessionAffinity is null ? null : new(context.Items);
        List<DestinationState> tried = [];
        while (true)
        {
            refused?.CanBeAskedElsewhere = tried.Count + 1 < all.Count;

            // Those that are not well come after the others and most likely do not answer, so that the last one that is well is waited for.
            if (decides && (!isRepeatable || tried.Count + 1 >= healthy.Count))
            {
                LastAttempt.Begin(context);
                proxy = context.GetReverseProxyFeature();
            }

            await next(context);
            if (proxy.ProxiedDestination is not { } asked)
            {
                return;
            }

            tried.Add(asked);
            if (tried.Count >= all.Count || !Resending.IsPossible(context, isRepeatable))
            {
                return;
            }

            Prepare(context, items);
            proxy.AvailableDestinations = Untried(healthy, tried) is { Count: > 0 } rest ? rest : Untried(all, tried);
        }
    }

    private static void Prepare(HttpContext context, Dictionary<object, object?>? items)
    {
        Resending.Prepare(context);
        if (items is not null)
        {
            context.Items = new Dictionary<object, object?>(items);
        }
    }

    private static List<DestinationState> Untried(IReadOnlyList<DestinationState> of, List<DestinationState> tried) => [.. of.Except(tried)];
}
