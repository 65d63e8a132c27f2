using Experiments.Server.Settings;

namespace Experiments.Server.Startup;

/// <summary>Where the API answers: under <c>/api</c>, and at the root too in a process that serves neither pages nor a gateway.</summary>
internal static class RouteGroups
{
    public const string ApiPrefix = "/api";

    public static IEnumerable<RouteGroupBuilder> Of(WebApplication app, ServerSettings settings)
    {
        yield return app.MapGroup(ApiPrefix);
        if (settings.ServesAtRoot)
        {
            RouteGroupBuilder root = app.MapGroup("");
            root.ExcludeFromDescription();
            yield return root;
        }
    }
}
