using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of experiments as a whole: what they are, their status, and publishing.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/experiments").WithTags("Experiments");
        group.MapPost("", CreateAsync).WithSummary("Creates an experiment in status DRAFT")
            .Accepts<ExperimentInput>("application/json").Produces<ExperimentResponse>(StatusCodes.Status201Created)
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status409Conflict);
        group.MapGet("", ListAsync).WithSummary("Lists experiments, newest first")
            .WithFilters().WithQuery("status", $"One of {ExperimentLifecycle.AllNames}").WithPaging().Produces<ListResponse<ExperimentResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one experiment").Produces<ExperimentResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Changes an experiment; publishes where it is running")
            .Accepts<ExperimentChangeBody>("application/json").Produces<ExperimentResponse>().ProducesChangeErrors();
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes an experiment and publishes").Produces<ExperimentResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}/status", MoveAsync).WithSummary("Starts, pauses, resumes or archives an experiment and publishes")
            .Accepts<StatusInput>("application/json").Produces<ExperimentResponse>().ProducesChangeErrors();
        group.MapPost("/{id}/publish", PublishAsync).WithSummary("Publishes the experiment's environment and answers the snapshot")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesErrors(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, ExperimentOperations experiments)
    {
        ExperimentInput input = RequestReaders.ReadExperiment(await JsonBody.ReadAsync(http.Request));
        return Answers.OfUnpublished(http, await experiments.CreateAsync(input), static created => Answers.Created(ExperimentResponse.From(created)));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ExperimentOperations experiments)
    {
        var query = PageQuery.Read(request.Query);
        ExperimentStatus? status = PageQuery.ReadText(request.Query, "status") is { } name ? RequestReaders.ParseStatus(name) : null;
        StorePage<ExperimentView> page = await experiments.ListAsync(ListFilters.Read(request.Query) with { Status = status }, query.Range);
        return Answers.Json(ListResponse<ExperimentResponse>.From(page, query, ExperimentResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, ExperimentOperations experiments) =>
        Answers.Of(await experiments.FindAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> ChangeAsync(
        string id, HttpContext http, ExperimentOperations experiments, SnapshotPublisher publisher)
    {
        ExperimentChange change = RequestReaders.ReadExperimentChange(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await experiments.ChangeAsync(RequestReaders.ParseId(id), change), Answer);
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext http, ExperimentOperations experiments, SnapshotPublisher publisher) =>
        await Answers.OfAsync(http, publisher, await experiments.DeleteAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> MoveAsync(
        string id, HttpContext http, ExperimentOperations experiments, SnapshotPublisher publisher)
    {
        ExperimentStatus status = RequestReaders.ReadStatus(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await experiments.MoveAsync(RequestReaders.ParseId(id), status), Answer);
    }

    private static async Task<IResult> PublishAsync(
        string id, ExperimentOperations experiments, SnapshotPublisher publisher, Callers callers)
    {
        Result<ExperimentView> experiment = await experiments.FindAsync(RequestReaders.ParseId(id));
        if (!experiment.IsSuccess)
        {
            return Answers.Of(experiment.Error);
        }

        callers.Current.Precondition?.Check(experiment.Value.Experiment.Id, experiment.Value.Experiment.Revision);
        PublishOutcome outcome = await publisher.PublishAsync(experiment.Value.Environment.Id);
        return outcome.Error is { } error
            ? Answers.Of(new DomainError(DomainErrorCode.Unavailable, $"Publishing failed: {error}"))
            : TypedResults.Bytes(outcome.Snapshot, "application/json; charset=utf-8");
    }

    private static IResult Answer(ExperimentView experiment) => Answers.Json(ExperimentResponse.From(experiment));
}
