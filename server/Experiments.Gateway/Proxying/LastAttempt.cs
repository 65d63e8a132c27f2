using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Experiments.Gateway.Proxying;

/// <summary>
/// The time of a decide node while no other one can be asked instead: enough to load the environment first. For the last attempt at a
/// request, and for the only one where the request cannot be sent twice.
/// </summary>
internal static class LastAttempt
{
    /// <summary>What is asked next gets that time, over other connections. May be called more than once for a request.</summary>
    public static void Begin(HttpContext context)
    {
        if (!context.RequestServices.GetRequiredService<IProxyStateLookup>().TryGetCluster(ProxyClusters.DecideAgain, out ClusterState? again))
        {
            return;
        }

        // The nodes stay those of the first cluster: with them is kept which of them are well, how busy each is, and which were tried.
        IReadOnlyList<DestinationState> nodes = context.GetReverseProxyFeature().AvailableDestinations;
        context.ReassignProxyRequest(again);
        context.GetReverseProxyFeature().AvailableDestinations = nodes;
    }
}
