namespace Experiments.Server.Startup;

/// <summary>A gateway takes <c>/api</c> away and says so. Where this process has pages beside the API, that tells which of both was meant.</summary>
internal static class ForwardedPrefix
{
    private const string Header = "X-Forwarded-Prefix";

    public static IApplicationBuilder UseForwardedPrefix(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.Request.Headers[Header] == RouteGroups.ApiPrefix && !context.Request.Path.StartsWithSegments(RouteGroups.ApiPrefix, StringComparison.Ordinal))
        {
            context.Request.Path = RouteGroups.ApiPrefix + context.Request.Path;
        }

        return next(context);
    });
}
