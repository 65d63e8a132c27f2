using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Splits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of an experiment's split by weights, and of previews of what would move.</summary>
internal static class SplitEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/experiments/{id}").WithTags("Variants and allocations");
        group.MapPut("/split", SplitAsync)
            .WithSummary("Derives the allocations from weights and coverage, so that as few users as possible are moved")
            .Accepts<SplitBody>("application/json").Produces<IReadOnlyList<AllocationResponse>>()
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status412PreconditionFailed);
        group.MapPost("/split/preview", PreviewSplitAsync).WithSummary("Says whom such a split would move")
            .Accepts<SplitBody>("application/json").Produces<SplitPreviewResponse>().ProducesChangeErrors();
        group.MapPost("/allocations/preview", PreviewAllocationsAsync).WithSummary("Says whom such allocations would move")
            .Accepts<AllocationsInput>("application/json").Produces<SplitPreviewResponse>().ProducesChangeErrors();
    }

    private static async Task<IResult> SplitAsync(string id, HttpContext http, ExperimentSplitOperations splits, SnapshotPublisher publisher)
    {
        SplitInput split = RequestReaders.ReadSplit(await JsonBody.ReadAsync(http.Request), "variantId");
        return await Answers.OfAsync(
            http, publisher, await splits.SplitAsync(RequestReaders.ParseId(id), split),
            static view => Answers.Json(ExperimentResponse.AllocationsOf(view.Experiment)));
    }

    private static async Task<IResult> PreviewSplitAsync(string id, HttpRequest request, ExperimentSplitOperations splits)
    {
        SplitInput split = RequestReaders.ReadSplit(await JsonBody.ReadAsync(request), "variantId");
        return Answers.Of(await splits.PreviewAsync(RequestReaders.ParseId(id), split), Answer);
    }

    private static async Task<IResult> PreviewAllocationsAsync(string id, HttpRequest request, ExperimentSplitOperations splits)
    {
        AllocationInput[] allocations = RequestReaders.ReadAllocations(await JsonBody.ReadAsync(request));
        return Answers.Of(await splits.PreviewAsync(RequestReaders.ParseId(id), allocations), Answer);
    }

    private static IResult Answer(SplitPreview preview) =>
        Answers.Json(SplitPreviewResponse.From(preview, static variantId => variantId.ToString()));
}
