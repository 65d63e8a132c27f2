using Microsoft.AspNetCore.Http;

namespace Experiments.Gateway.Proxying;

/// <summary>Metrics and probes of the servers behind the gateway are for whoever runs them, not for whoever reaches the gateway.</summary>
internal static class InternalPaths
{
    private const string Api = "/api";
    private const string Metrics = "/metrics";
    private const string Health = "/health";

    /// <summary>Answers 404 instead of forwarding. What this process serves itself does not come here.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) => IsInternal(context.Request.Path)
        ? TypedResults.Problem(
            detail: $"The gateway does not forward {context.Request.Path.ToUriComponent()}; ask the server itself.",
            statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context)
        : next(context);

    private static bool IsInternal(PathString path)
    {
        // Control answers below the prefix too, so that taking it away once is not enough.
        while (path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase, out PathString rest))
        {
            path = rest;
        }

        return path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase);
    }
}
