using System.Net.Http.Headers;
using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Explaining;
using Experiments.Control.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes that say why users get what they get, and what a publish would change for them.</summary>
internal static class ExplainEndpoints
{
    private static readonly string[] s_lineTypes = [ImpactAnswer.ContentType, "application/ndjson", "application/jsonl", "application/json"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Explaining");
        group.MapGet("/explain", ExplainAsync).WithSummary("Says rule by rule why a user gets a variant of a flag or experiment")
            .WithQuery("env", "Name of the environment").WithQuery("user_key", "Whose decision it is")
            .WithQuery("key", "Of the flag or experiment").WithQuery("context", "URL-encoded JSON object: what targeting looks at")
            .WithQuery("version", "A version, live or draft. Default live")
            .Produces<ExplanationResponse>().ProducesExplainErrors();
        group.MapPost("/explain", ExplainBodyAsync).WithSummary("The same for contexts that are too long for a query")
            .Accepts<ExplainBody>("application/json").Produces<ExplanationResponse>().ProducesExplainErrors()
            .ProducesErrors(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        group.MapPost("/environments/{id}/impact", CountAsync)
            .WithSummary("Counts the decisions that a publish would change: a line {user_key, context} for each user, at most 100,000")
            .Accepts<ImpactLineBody>(ImpactAnswer.ContentType, "application/json")
            .Produces<ImpactLineResponse>(StatusCodes.Status200OK, ImpactAnswer.ContentType)
            .ProducesExplainErrors().ProducesErrors(StatusCodes.Status415UnsupportedMediaType);
    }

    private static RouteHandlerBuilder ProducesExplainErrors(this RouteHandlerBuilder route) =>
        route.ProducesChangeErrors().ProducesErrors(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ExplainAsync(HttpContext http, ExplainOperations explaining) =>
        Answer(await explaining.ExplainAsync(ExplainRequests.ReadQuery(http.Request), http.RequestAborted));

    private static async Task<IResult> ExplainBodyAsync(HttpContext http, ExplainOperations explaining) =>
        Answer(await explaining.ExplainAsync(await ExplainRequests.ReadBodyAsync(http.Request), http.RequestAborted));

    private static async Task<IResult> CountAsync(string id, HttpContext http, ExplainOperations explaining, TimeProvider time)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type)
            || !s_lineTypes.Contains(type.MediaType, StringComparer.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException(
                $"The content type must be {ImpactAnswer.ContentType}, not \"{http.Request.ContentType}\".",
                StatusCodes.Status415UnsupportedMediaType);
        }

        Result<ImpactCount> count = await explaining.StartImpactAsync(RequestReaders.ParseId(id), http.RequestAborted);
        if (!count.IsSuccess)
        {
            return Answers.Of(count.Error);
        }

        // The lines have limits of their own, and none of them is kept.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        return await new ImpactAnswer(http, count.Value, time).RunAsync();
    }

    private static IResult Answer(Result<ExplainedDecision> explained) =>
        Answers.Of(explained, static found => Answers.Json(ExplanationResponse.From(found)));
}
