using System.Text.Json.Serialization.Metadata;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>Results of operations to HTTP answers: the one place that maps error codes to status codes.</summary>
internal static class Answers
{
    private const string JsonContentType = "application/json; charset=utf-8";

    public static IResult Of<T>(Result<T> result, Func<T, IResult> succeed) => result.IsSuccess ? succeed(result.Value) : Of(result.Error);

    /// <summary>A change that no reader of snapshots sees, and that is therefore never published for its own sake.</summary>
    public static IResult OfUnpublished<T>(HttpContext http, Result<T> result, Func<T, IResult> succeed)
    {
        if (result.IsSuccess)
        {
            PublishHeaders.Set(http.Response, outcome: null);
        }

        return Of(result, succeed);
    }

    public static IResult Of(DomainError error) => TypedResults.Problem(error.Message, statusCode: error.Code switch
    {
        DomainErrorCode.InvalidInput => StatusCodes.Status400BadRequest,
        DomainErrorCode.NotFound => StatusCodes.Status404NotFound,
        DomainErrorCode.Conflict => StatusCodes.Status409Conflict,
        DomainErrorCode.NotAllowed => StatusCodes.Status422UnprocessableEntity,
        DomainErrorCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        DomainErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    });

    public static IResult Json<T>(T value, int statusCode = StatusCodes.Status200OK) => TypedResults.Json(
        value, (JsonTypeInfo<T>)ControlJsonContext.Readable.GetTypeInfo(typeof(T))!, JsonContentType, statusCode);

    public static IResult Created<T>(T value) => Json(value, StatusCodes.Status201Created);

    /// <summary>Publishes what the change made necessary and says in the headers what came of it. The change stands either way.</summary>
    public static async Task<IResult> OfAsync<T>(
        HttpContext http, SnapshotPublisher publisher, Result<Mutation<T>> result, Func<T, IResult> succeed)
    {
        if (!result.IsSuccess)
        {
            return Of(result.Error);
        }

        PublishOutcome? outcome = result.Value.Publish is { } requested ? await publisher.PublishAsync(requested) : null;
        PublishHeaders.Set(http.Response, outcome);
        PublishHeaders.SetReassigned(http.Response, result.Value.ReassignedShare);
        return succeed(result.Value.Value);
    }
}
