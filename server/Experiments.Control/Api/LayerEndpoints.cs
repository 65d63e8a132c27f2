using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of layers.</summary>
internal static class LayerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/layers").WithTags("Layers");
        group.MapPost("", CreateAsync).WithSummary("Creates a layer: experiments that are in it never overlap")
            .Accepts<LayerInput>("application/json").Produces<LayerResponse>(StatusCodes.Status201Created)
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("", ListAsync).WithSummary("Lists layers, newest first")
            .WithQuery("environmentId", "Only those of this environment").WithPaging()
            .Produces<ListResponse<LayerResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one layer: who holds what, and what is free").Produces<LayerResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", RenameAsync).WithSummary("Renames a layer")
            .Accepts<NameBody>("application/json").Produces<LayerResponse>().ProducesErrors(
            StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a layer that nothing is in").Produces<LayerResponse>().ProducesErrors(
            StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, LayerOperations layers)
    {
        LayerInput input = RequestReaders.ReadLayer(await JsonBody.ReadAsync(http.Request));
        return Answers.OfUnpublished(http, await layers.CreateAsync(input), static created => Answers.Created(LayerResponse.From(created)));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, LayerOperations layers)
    {
        var query = PageQuery.Read(request.Query);
        Guid? environmentId = PageQuery.ReadText(request.Query, "environmentId") is { } id ? RequestReaders.ParseId(id) : null;
        StorePage<LayerDefinition> page = await layers.ListAsync(environmentId, query.Range);
        return Answers.Json(ListResponse<LayerResponse>.From(page, query, LayerResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, LayerOperations layers) =>
        Answers.Of(await layers.FindAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> RenameAsync(string id, HttpContext http, LayerOperations layers)
    {
        JsonFields body = await JsonBody.ReadAsync(http.Request);
        return Answers.OfUnpublished(http, await layers.RenameAsync(RequestReaders.ParseId(id), body.OptionalText("name")), Answer);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, LayerOperations layers) =>
        Answers.OfUnpublished(http, await layers.DeleteAsync(RequestReaders.ParseId(id)), Answer);

    private static IResult Answer(LayerDefinition layer) => Answers.Json(LayerResponse.From(layer));
}
