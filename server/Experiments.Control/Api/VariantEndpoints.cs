using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of an experiment's variants and allocations. All of them publish where the experiment is running.</summary>
internal static class VariantEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/experiments/{id}").WithTags("Variants and allocations");
        group.MapPost("/variants", CreateAsync).WithSummary("Creates a variant")
            .Accepts<VariantInput>("application/json").Produces<VariantResponse>(StatusCodes.Status201Created)
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge);
        group.MapPatch("/variants", ApplyBatchAsync).WithSummary("Creates, changes and deletes variants, all together or not at all")
            .Accepts<VariantBatch>("application/json").Produces<IReadOnlyList<VariantResponse>>()
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge);
        group.MapPatch("/variants/{variantId}", ChangeAsync).WithSummary("Changes a variant")
            .Accepts<VariantChange>("application/json").Produces<VariantResponse>()
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status413PayloadTooLarge);
        group.MapDelete("/variants/{variantId}", DeleteAsync).WithSummary("Deletes a variant that has no buckets")
            .Produces<VariantResponse>().ProducesErrors(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
        group.MapPut("/allocations", ReplaceAllocationsAsync).WithSummary("Replaces the allocations")
            .Accepts<AllocationsInput>("application/json").Produces<IReadOnlyList<AllocationResponse>>().ProducesChangeErrors();
    }

    private static async Task<IResult> CreateAsync(string id, HttpContext http, VariantOperations variants, SnapshotPublisher publisher)
    {
        VariantInput input = RequestReaders.ReadVariant(await JsonBody.ReadAsync(http.Request));
        return await ApplyAsync(
            id, new VariantBatch { Create = [input] }, http, variants, publisher,
            experiment => Answers.Created(VariantResponse.From(experiment.Variants.Single(variant => variant.Key == input.Key), experiment.Id)));
    }

    private static async Task<IResult> ApplyBatchAsync(string id, HttpContext http, VariantOperations variants, SnapshotPublisher publisher)
    {
        VariantBatch batch = RequestReaders.ReadVariantBatch(await JsonBody.ReadAsync(http.Request));
        return await ApplyAsync(
            id, batch, http, variants, publisher, static experiment => Answers.Json(ExperimentResponse.VariantsOf(experiment)));
    }

    private static async Task<IResult> ChangeAsync(
        string id, string variantId, HttpContext http, VariantOperations variants, SnapshotPublisher publisher)
    {
        VariantUpdate change = RequestReaders.ReadVariantUpdate(
            RequestReaders.ParseId(variantId), await JsonBody.ReadAsync(http.Request));
        return await ApplyAsync(
            id, new VariantBatch { Update = [change] }, http, variants, publisher,
            experiment => Answers.Json(VariantResponse.From(experiment.Variants.Single(variant => variant.Id == change.Id), experiment.Id)));
    }

    private static async Task<IResult> DeleteAsync(
        string id, string variantId, HttpContext http, VariantOperations variants, SnapshotPublisher publisher)
    {
        Guid experimentId = RequestReaders.ParseId(id);
        Result<Mutation<VariantDefinition>> result = await variants.DeleteAsync(experimentId, RequestReaders.ParseId(variantId));
        return await Answers.OfAsync(
            http, publisher, result, variant => Answers.Json(VariantResponse.From(variant, experimentId)));
    }

    private static async Task<IResult> ReplaceAllocationsAsync(
        string id, HttpContext http, AllocationOperations allocations, SnapshotPublisher publisher)
    {
        AllocationInput[] inputs = RequestReaders.ReadAllocations(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(
            http, publisher, await allocations.ReplaceAsync(RequestReaders.ParseId(id), inputs),
            static view => Answers.Json(ExperimentResponse.AllocationsOf(view.Experiment)));
    }

    private static async Task<IResult> ApplyAsync(
        string id, VariantBatch batch, HttpContext http, VariantOperations variants, SnapshotPublisher publisher,
        Func<ExperimentDefinition, IResult> succeed) =>
        await Answers.OfAsync(
            http, publisher, await variants.ApplyAsync(RequestReaders.ParseId(id), batch), view => succeed(view.Experiment));
}
