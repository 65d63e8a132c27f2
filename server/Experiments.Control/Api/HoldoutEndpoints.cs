using Experiments.Control.Api.Bodies;
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

/// <summary>Routes of holdouts. Every change publishes.</summary>
internal static class HoldoutEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/holdouts").WithTags("Holdouts");
        group.MapPost("", CreateAsync).WithSummary("Creates a holdout and publishes")
            .Accepts<HoldoutBody>("application/json").Produces<HoldoutResponse>(StatusCodes.Status201Created)
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("", ListAsync).WithSummary("Lists holdouts, newest first")
            .WithQuery("environmentId", "Only those of this environment").WithPaging()
            .Produces<ListResponse<HoldoutResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one holdout").Produces<HoldoutResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Changes a holdout and publishes")
            .Accepts<HoldoutChangeBody>("application/json").Produces<HoldoutResponse>()
            .ProducesErrors(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a holdout and publishes").Produces<HoldoutResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, HoldoutOperations holdouts, SnapshotPublisher publisher)
    {
        HoldoutInput input = RequestReaders.ReadHoldout(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(
            http, publisher, await holdouts.CreateAsync(input), static created => Answers.Created(HoldoutResponse.From(created)));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, HoldoutOperations holdouts)
    {
        var query = PageQuery.Read(request.Query);
        Guid? environmentId = PageQuery.ReadText(request.Query, "environmentId") is { } id ? RequestReaders.ParseId(id) : null;
        StorePage<HoldoutDefinition> page = await holdouts.ListAsync(environmentId, query.Range);
        return Answers.Json(ListResponse<HoldoutResponse>.From(page, query, HoldoutResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, HoldoutOperations holdouts) =>
        Answers.Of(await holdouts.FindAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, HoldoutOperations holdouts, SnapshotPublisher publisher)
    {
        HoldoutChange change = RequestReaders.ReadHoldoutChange(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await holdouts.ChangeAsync(RequestReaders.ParseId(id), change), Answer);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, HoldoutOperations holdouts, SnapshotPublisher publisher) =>
        await Answers.OfAsync(http, publisher, await holdouts.DeleteAsync(RequestReaders.ParseId(id)), Answer);

    private static IResult Answer(HoldoutDefinition holdout) => Answers.Json(HoldoutResponse.From(holdout));
}
