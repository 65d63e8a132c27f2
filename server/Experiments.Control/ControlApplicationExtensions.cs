using Experiments.Control.Api;
using Experiments.Control.Api.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Control;

/// <summary>Puts the control role into a web application.</summary>
internal static class ControlApplicationExtensions
{
    /// <summary>Serves the snapshot store at <c>/configs</c>; before routing.</summary>
    public static IApplicationBuilder UseSnapshotFiles(this IApplicationBuilder app)
    {
        SnapshotFiles files = app.ApplicationServices.GetRequiredService<SnapshotFiles>();
        return app.Use(files.InvokeAsync);
    }

    /// <summary>Maps every route of the control API, but for health: the host chooses whose health it answers.</summary>
    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CallerFilter>();
        EnvironmentEndpoints.Map(group);
        AudienceEndpoints.Map(group);
        ExperimentEndpoints.Map(group);
        VariantEndpoints.Map(group);
        SplitEndpoints.Map(group);
        FlagEndpoints.Map(group);
        LayerEndpoints.Map(group);
        HoldoutEndpoints.Map(group);
        TransferEndpoints.Map(group);
        VersionEndpoints.Map(group);
        AuditEndpoints.Map(group);
        ExplainEndpoints.Map(group);
        BackupEndpoints.Map(group);
        return routes;
    }

    public static IEndpointConventionBuilder MapControlHealth(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(
                "/health", [HttpMethods.Get, HttpMethods.Head], static (ControlHealth health, HttpContext http) => health.AnswerAsync(http.RequestAborted))
            .WithTags("Health").Produces<HealthResponse>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
