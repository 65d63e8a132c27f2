using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Experiments.Gateway.Proxying;

/// <summary>Which path goes to which service, for the services that are elsewhere.</summary>
internal static class ProxyRoutes
{
    private const string ApiPrefix = "/api";
    private const string DecidePath = "/api/decide";
    private const long AnySize = -1;
    private const int LargeBodyBytes = 64 * 1024;

    public static IReadOnlyList<RouteConfig> Routes(GatewayOptions options)
    {
        List<RouteConfig> routes = [];
        if (!options.DecidesHere)
        {
            routes.Add(Route(DecidePath, ProxyClusters.Decide));
        }

        if (options.ControlUrls.Count > 0)
        {
            routes.Add(Route("/api/{**rest}", ProxyClusters.Control));
            routes.Add(Route("/configs/{**rest}", ProxyClusters.Control));

            // It takes a stream of users; control limits their number and their size.
            routes.Add(Route("/api/environments/{id}/impact", ProxyClusters.Control) with { MaxRequestBodySize = AnySize });
        }

        if (options.ForwardOtherPaths)
        {
            routes.Add(Route("/{**rest}", ProxyClusters.Pages));
        }

        return routes;
    }

    public static void AddTransforms(TransformBuilderContext context)
    {
        bool stripApi = context.Route.Match.Path!.StartsWith(ApiPrefix + "/", StringComparison.Ordinal);
        context.RequestTransforms.Add(new RawTargetTransform(stripApi));

        // The usual ones, but for the prefix, which is what was stripped: a control server that has pages too tells /flags, a page, from /api/flags by it.
        context.UseDefaultForwarders = false;
        context.AddXForwardedFor().AddXForwardedHost().AddXForwardedProto();
        context.AddXForwardedPrefix(action: ForwardedTransformActions.Remove);
        if (stripApi && context.Route.ClusterId is ProxyClusters.Control)
        {
            context.AddRequestHeader("X-Forwarded-Prefix", ApiPrefix, append: false);
        }

        // Notes of the forwarded headers middleware for this process only.
        context.AddRequestHeaderRemove("X-Original-For");
        context.AddRequestHeaderRemove("X-Original-Proto");
        context.AddRequestTransform(AskBeforeLargeBody);

        // Nothing is done to what one decide node answers.
        if (context.Route.ClusterId is not ProxyClusters.Decide)
        {
            context.AddResponseTransform(context.Services.GetRequiredService<ProxiedStreams>().WatchAsync);
        }
        else if (context.Cluster is { Destinations.Count: > 1 })
        {
            context.AddResponseTransform(RefusedDecision.HoldBackAsync);
        }
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
}
