using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Proxying;

/// <summary>
/// Behind the only address of decide there may be several nodes, say a service of Kubernetes: a request that was not answered is sent
/// once more, over other connections, which may end at another node.
/// </summary>
internal static class SecondAttempt
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetReverseProxyFeature() is not { AllDestinations.Count: 1, Cluster.Config.ClusterId: ProxyClusters.Decide })
        {
            await next(context);
            return;
        }

        if (Resending.KeepBody(context))
        {
            await next(context);
            if (!Resending.IsPossible(context, isRepeatable: true))
            {
                return;
            }

            Resending.Prepare(context);
        }

        // A body that is not kept has this attempt alone.
        LastAttempt.Begin(context);
        await next(context);
    }
}
