using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Experiments.Gateway.Proxying;

/// <summary>Which path goes to which service, for the services that are elsewhere.</summary>
internal static class ProxyRoutes
{
    private const string ApiPrefix = "/api";
    private const string DecidePath = "/api/decide";
    private const string DecideCluster = "decide";
    private const string ControlCluster = "control";
    private const string PagesCluster = "pages";
    private const long AnySize = -1;
    private const int LargeBodyBytes = 64 * 1024;

    private static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    // Longer than what holds a request on purpose: a long poll of SignalR (90 s) and the ping of an idle WebSocket (120 s).
    private static readonly TimeSpan PagesTimeout = TimeSpan.FromSeconds(150);

    public static IReadOnlyList<RouteConfig> Routes(GatewayOptions options)
    {
        List<RouteConfig> routes = [];
        if (!options.DecidesHere)
        {
            routes.Add(Route(DecidePath, DecideCluster));
        }

        if (options.ControlUrl is not null)
        {
            routes.Add(Route("/api/{**rest}", ControlCluster));
            routes.Add(Route("/configs/{**rest}", ControlCluster));

            // It takes a stream of users; control limits their number and their size.
            routes.Add(Route("/api/environments/{id}/impact", ControlCluster) with { MaxRequestBodySize = AnySize });
        }

        if (options.ForwardOtherPaths)
        {
            routes.Add(Route("/{**rest}", PagesCluster));
        }

        return routes;
    }

    public static IReadOnlyList<ClusterConfig> Clusters(GatewayOptions options)
    {
        List<ClusterConfig> clusters = [];
        if (options.DecideUrls is [var decide])
        {
            clusters.Add(Cluster(DecideCluster, "decide", decide, options.BackendTimeout));
        }
        else if (!options.DecidesHere)
        {
            clusters.Add(DecideNodes(options));
        }

        if (options.ControlUrl is { } control)
        {
            clusters.Add(Cluster(ControlCluster, "control", control, options.BackendTimeout));
            if (options.ForwardOtherPaths)
            {
                clusters.Add(Cluster(PagesCluster, "control", control, PagesTimeout));
            }
        }

        return clusters;
    }

    public static void AddTransforms(TransformBuilderContext context)
    {
        bool stripApi = context.Route.Match.Path!.StartsWith(ApiPrefix + "/", StringComparison.Ordinal);
        context.RequestTransforms.Add(new RawTargetTransform(stripApi));

        // The usual ones, but for the prefix, which is what was stripped: a control server that has pages too tells /flags, a page, from /api/flags by it.
        context.UseDefaultForwarders = false;
        context.AddXForwardedFor().AddXForwardedHost().AddXForwardedProto();
        context.AddXForwardedPrefix(action: ForwardedTransformActions.Remove);
        if (stripApi && context.Route.ClusterId == ControlCluster)
        {
            context.AddRequestHeader("X-Forwarded-Prefix", ApiPrefix, append: false);
        }

        // Notes of the forwarded headers middleware for this process only.
        context.AddRequestHeaderRemove("X-Original-For");
        context.AddRequestHeaderRemove("X-Original-Proto");
        context.AddRequestTransform(AskBeforeLargeBody);
    }

    /// <summary>
    /// With decide here and control elsewhere, the route to control would take the methods that decide does not know and answer 404.
    /// An endpoint that names its methods wins over this one.
    /// </summary>
    public static void MapRefusedDecideMethods(IEndpointRouteBuilder endpoints) =>
        endpoints.Map(DecidePath, static context =>
        {
            context.Response.Headers.Allow = "GET, POST";
            return TypedResults.Problem(
                detail: $"/api/decide does not take {context.Request.Method}, only GET and POST.",
                statusCode: StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);
        });

    // A service that refuses a body by its length closes the connection under the bytes that are still coming, and its 413 is lost. The
    // length from which one more round trip costs nothing against the body itself.
    private static ValueTask AskBeforeLargeBody(RequestTransformContext context)
    {
        if (context.HttpContext.Request.ContentLength > LargeBodyBytes)
        {
            context.ProxyRequest.Headers.ExpectContinue = true;
        }

        return ValueTask.CompletedTask;
    }

    private static RouteConfig Route(string path, string cluster) =>
        new() { RouteId = path, ClusterId = cluster, Match = new RouteMatch { Path = path } };

    private static ClusterConfig Cluster(string id, string service, Uri url, TimeSpan timeout) => new()
    {
        ClusterId = id,
        Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { [service] = Destination(url) },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = timeout },
    };

    // A decision takes microseconds: a node that says nothing for a second is not one to wait for while there are others.
    private static ClusterConfig DecideNodes(GatewayOptions options) => new()
    {
        ClusterId = DecideCluster,
        Destinations = options.DecideUrls.Index().ToDictionary(static one => $"decide {one.Index + 1}", static one => Destination(one.Item), StringComparer.Ordinal),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.BackendTimeout < NodeTimeout ? options.BackendTimeout : NodeTimeout },
        HealthCheck = new HealthCheckConfig
        {
            // What cannot be asked is left alone for a moment; where all are, all are asked.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true, Interval = ProbeInterval, Timeout = NodeTimeout, Path = "/health", Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            },
            Passive = new PassiveHealthCheckConfig { Enabled = true, ReactivationPeriod = ProbeInterval, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate },
        },
    };

    private static DestinationConfig Destination(Uri url) =>
        new() { Address = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) };
}
