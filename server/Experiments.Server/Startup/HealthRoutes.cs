using Experiments.Control;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Lifetime;
using Experiments.Server.Settings;

namespace Experiments.Server.Startup;

/// <summary>Whose health <c>/health</c> is: the gateway's, which maps its own; else decide's; else control's.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this WebApplication app, ServerSettings settings)
    {
        foreach (RouteGroupBuilder routes in new[] { app.MapGroup(RouteGroups.ApiPrefix), app.MapGroup("") })
        {
            routes.MapReadiness();
            if (settings.Has(ServerRoles.Gateway))
            {
                continue;
            }

            _ = settings.Has(ServerRoles.Decide)
                ? routes.MapDecideHealth()
                : routes.MapControlHealth().AddEndpointFilter<IEndpointConventionBuilder, ControlHealthFilter>();
        }
    }
}
