using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of audiences.</summary>
internal static class AudienceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/audiences").WithTags("Audiences");
        group.MapPost("", CreateAsync).WithSummary("Creates an audience")
            .Accepts<AudienceInput>("application/json").Produces<AudienceResponse>(StatusCodes.Status201Created)
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapGet("", ListAsync).WithSummary("Lists audiences, newest first")
            .WithQuery("environmentId", "Only those of this environment").WithPaging()
            .Produces<ListResponse<AudienceResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one audience").Produces<AudienceResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Changes an audience; publishes where a running experiment uses it")
            .Accepts<AudienceChange>("application/json").Produces<AudienceResponse>()
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes an audience that no running or paused experiment uses")
            .Produces<AudienceResponse>().ProducesErrors(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, AudienceOperations audiences)
    {
        AudienceInput input = RequestReaders.ReadAudience(await JsonBody.ReadAsync(http.Request));
        return Answers.OfUnpublished(http, await audiences.CreateAsync(input), static created => Answers.Created(AudienceResponse.From(created)));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, AudienceOperations audiences)
    {
        var query = PageQuery.Read(request.Query);
        Guid? environmentId = PageQuery.ReadText(request.Query, "environmentId") is { } id ? RequestReaders.ParseId(id) : null;
        StorePage<AudienceView> page = await audiences.ListAsync(environmentId, query.Range);
        return Answers.Json(ListResponse<AudienceResponse>.From(page, query, AudienceResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, AudienceOperations audiences) => Answers.Of(
        await audiences.FindAsync(RequestReaders.ParseId(id)), static found => Answers.Json(AudienceResponse.From(found)));

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, AudienceOperations audiences, SnapshotPublisher publisher)
    {
        AudienceChange change = RequestReaders.ReadAudienceChange(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await audiences.ChangeAsync(RequestReaders.ParseId(id), change), Answer);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, AudienceOperations audiences, SnapshotPublisher publisher) =>
        await Answers.OfAsync(http, publisher, await audiences.DeleteAsync(RequestReaders.ParseId(id)), Answer);

    private static IResult Answer(AudienceView audience) => Answers.Json(AudienceResponse.From(audience));
}
