using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of environments.</summary>
internal static class EnvironmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/environments").WithTags("Environments");
        group.MapPost("", CreateAsync).WithSummary("Creates an environment")
            .Accepts<EnvironmentInput>("application/json").Produces<EnvironmentResponse>(StatusCodes.Status201Created)
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        group.MapGet("", ListAsync).WithSummary("Lists environments by name").WithPaging().Produces<ListResponse<EnvironmentResponse>>()
            .ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one environment").Produces<EnvironmentResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Changes when changes are published: {publish: auto or manual}")
            .Accepts<EnvironmentChange>("application/json").Produces<EnvironmentResponse>()
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, EnvironmentOperations environments)
    {
        EnvironmentInput input = RequestReaders.ReadEnvironment(await JsonBody.ReadAsync(request));
        return Answers.Of(await environments.CreateAsync(input), static created => Answers.Created(EnvironmentResponse.From(created)));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, EnvironmentOperations environments)
    {
        var query = PageQuery.Read(request.Query);
        StorePage<EnvironmentDefinition> page = await environments.ListAsync(query.Range);
        return Answers.Json(ListResponse<EnvironmentResponse>.From(page, query, EnvironmentResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, EnvironmentOperations environments) => Answers.Of(
        await environments.FindAsync(RequestReaders.ParseId(id)), static found => Answers.Json(EnvironmentResponse.From(found)));

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, EnvironmentOperations environments, SnapshotPublisher publisher)
    {
        EnvironmentChange change = RequestReaders.ReadEnvironmentChange(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(
            http, publisher, await environments.ChangeAsync(RequestReaders.ParseId(id), change),
            static changed => Answers.Json(EnvironmentResponse.WithMode(changed)));
    }
}
