using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>What the API document says about a route beyond its types.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder route, params ReadOnlySpan<int> statusCodes)
    {
        foreach (int statusCode in statusCodes)
        {
            route.ProducesProblem(statusCode);
        }

        return route;
    }

    /// <summary>The statuses of every change to something that is stored: bad input, unknown id, no sense in the present state.</summary>
    public static RouteHandlerBuilder ProducesChangeErrors(this RouteHandlerBuilder route) => route.ProducesErrors(
        StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);

    public static RouteHandlerBuilder WithPaging(this RouteHandlerBuilder route) => route.WithMetadata(
        new QueryParameter("page", "integer", "From 1; goes with pageSize. Default 1."),
        new QueryParameter("pageSize", "integer", "1 to 100; goes with page. Default 20."));

    /// <summary>The filters of lists of flags and of experiments.</summary>
    public static RouteHandlerBuilder WithFilters(this RouteHandlerBuilder route) => route
        .WithQuery("environmentId", "Only those of this environment").WithQuery("tag", "Only those with this tag")
        .WithQuery("search", "Only those whose key or name holds this text, in any case")
        .WithQuery("archived", "true or false: only those that are, or are not");

    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, string name, string description) =>
        route.WithMetadata(new QueryParameter(name, "string", description));
}
