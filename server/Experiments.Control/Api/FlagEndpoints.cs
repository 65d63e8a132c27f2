using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Splits;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of flags and their rules. Every change of a flag that is not archived publishes.</summary>
internal static class FlagEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/flags").WithTags("Flags");
        group.MapPost("", CreateAsync).WithSummary("Creates a flag and publishes")
            .Accepts<FlagBody>("application/json").Produces<FlagResponse>(StatusCodes.Status201Created)
            .ProducesChangeErrors().ProducesErrors(StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge);
        group.MapGet("", ListAsync).WithSummary("Lists flags, newest first")
            .WithFilters().WithPaging().Produces<ListResponse<FlagResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", FindAsync).WithSummary("Answers one flag").Produces<FlagResponse>().ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPatch("/{id}", ChangeAsync).WithSummary("Changes a flag; lists that are given replace those that were")
            .Accepts<FlagChangeBody>("application/json").Produces<FlagResponse>().ProducesFlagErrors();
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a flag that is nobody's prerequisite").Produces<FlagResponse>()
            .ProducesErrors(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        group.MapPost("/{id}/copy", CopyAsync).WithSummary("Copies a flag to another environment")
            .Accepts<FlagCopyBody>("application/json").Produces<FlagResponse>(StatusCodes.Status201Created).ProducesFlagErrors();
        group.MapPut("/{id}/overrides", ReplaceOverridesAsync).WithSummary("Replaces the overrides")
            .Accepts<OverridesBody>("application/json").Produces<FlagResponse>().ProducesFlagErrors();
        MapRules(group);
    }

    private static void MapRules(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/rules", ListRulesAsync).WithSummary("Answers the rules in their order")
            .Produces<IReadOnlyList<FlagRuleResponse>>().ProducesErrors(StatusCodes.Status404NotFound);
        group.MapPut("/{id}/rules", ReplaceRulesAsync).WithSummary("Replaces all rules; one with the id of a rule keeps its buckets")
            .Accepts<FlagRulesBody>("application/json").Produces<FlagResponse>().ProducesFlagErrors();
        group.MapPost("/{id}/rules", AddRuleAsync).WithSummary("Adds a rule after the others, or at index")
            .Accepts<NewFlagRuleBody>("application/json").Produces<FlagResponse>(StatusCodes.Status201Created).ProducesFlagErrors();
        group.MapPut("/{id}/rules/order", OrderRulesAsync).WithSummary("Puts the rules in another order")
            .Accepts<RuleOrderBody>("application/json").Produces<FlagResponse>().ProducesFlagErrors();
        group.MapPut("/{id}/rules/{ruleId}", ReplaceRuleAsync).WithSummary("Replaces a rule; it keeps its buckets")
            .Accepts<FlagRuleBody>("application/json").Produces<FlagResponse>().ProducesFlagErrors();
        group.MapDelete("/{id}/rules/{ruleId}", DeleteRuleAsync).WithSummary("Removes a rule").Produces<FlagResponse>()
            .ProducesFlagErrors();
        group.MapPost("/{id}/rules/{ruleId}/split/preview", PreviewAsync).WithSummary("Says what a change of the rule's split would move")
            .Accepts<RuleSplitBody>("application/json").Produces<SplitPreviewResponse>().ProducesChangeErrors();
    }

    private static RouteHandlerBuilder ProducesFlagErrors(this RouteHandlerBuilder route) => route.ProducesChangeErrors().ProducesErrors(
        StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> CreateAsync(HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        FlagInput input = RequestReaders.ReadFlag(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await flags.CreateAsync(input), Created);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, FlagOperations flags)
    {
        var query = PageQuery.Read(request.Query);
        StorePage<FlagView> page = await flags.ListAsync(ListFilters.Read(request.Query), query.Range);
        return Answers.Json(ListResponse<FlagResponse>.From(page, query, FlagResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, FlagOperations flags) =>
        Answers.Of(await flags.FindAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        FlagChange change = RequestReaders.ReadFlagChange(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(http, publisher, await flags.ChangeAsync(RequestReaders.ParseId(id), change), Answer);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher) =>
        await Answers.OfAsync(http, publisher, await flags.DeleteAsync(RequestReaders.ParseId(id)), Answer);

    private static async Task<IResult> CopyAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        JsonFields body = await JsonBody.ReadAsync(http.Request);
        Guid environmentId = RequestReaders.ParseId(body.Text("environmentId"));
        return await Answers.OfAsync(
            http, publisher, await flags.CopyAsync(RequestReaders.ParseId(id), environmentId, body.TextOrNull("key")), Created);
    }

    private static async Task<IResult> ReplaceOverridesAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        OverrideInput[] overrides = RequestReaders.ReadOverrides(await JsonBody.ReadAsync(http.Request), "variant");
        return await Answers.OfAsync(
            http, publisher, await flags.ChangeAsync(RequestReaders.ParseId(id), new FlagChange { Overrides = overrides }), Answer);
    }

    private static async Task<IResult> ListRulesAsync(string id, FlagOperations flags) => Answers.Of(
        await flags.FindAsync(RequestReaders.ParseId(id)), static view => Answers.Json(FlagResponse.From(view).Rules));

    private static async Task<IResult> ReplaceRulesAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        FlagRuleInput[] rules = (await JsonBody.ReadAsync(http.Request)).Items("rules", RequestReaders.ReadFlagRule);
        return await Answers.OfAsync(
            http, publisher, await flags.ChangeAsync(RequestReaders.ParseId(id), new FlagChange { Rules = rules }), Answer);
    }

    private static async Task<IResult> AddRuleAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        JsonFields body = await JsonBody.ReadAsync(http.Request);
        int? index = body.Find("index") is null ? null : body.Integer("index");
        return await Answers.OfAsync(
            http, publisher, await flags.AddRuleAsync(RequestReaders.ParseId(id), RequestReaders.ReadFlagRule(body), index), Created);
    }

    private static async Task<IResult> OrderRulesAsync(string id, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        Guid[] ruleIds = RequestReaders.ReadIds(await JsonBody.ReadAsync(http.Request), "ruleIds");
        return await Answers.OfAsync(http, publisher, await flags.OrderRulesAsync(RequestReaders.ParseId(id), ruleIds), Answer);
    }

    private static async Task<IResult> ReplaceRuleAsync(
        string id, string ruleId, HttpContext http, FlagOperations flags, SnapshotPublisher publisher)
    {
        FlagRuleInput rule = RequestReaders.ReadFlagRule(await JsonBody.ReadAsync(http.Request));
        return await Answers.OfAsync(
            http, publisher, await flags.ReplaceRuleAsync(RequestReaders.ParseId(id), RequestReaders.ParseId(ruleId), rule), Answer);
    }

    private static async Task<IResult> DeleteRuleAsync(
        string id, string ruleId, HttpContext http, FlagOperations flags, SnapshotPublisher publisher) =>
        await Answers.OfAsync(
            http, publisher, await flags.ReplaceRuleAsync(RequestReaders.ParseId(id), RequestReaders.ParseId(ruleId), rule: null), Answer);

    private static async Task<IResult> PreviewAsync(string id, string ruleId, HttpRequest request, FlagOperations flags)
    {
        SplitInput split = RequestReaders.ReadSplit(await JsonBody.ReadAsync(request), "variant");
        Guid flagId = RequestReaders.ParseId(id);
        Result<FlagView> flag = await flags.FindAsync(flagId);
        if (!flag.IsSuccess)
        {
            return Answers.Of(flag.Error);
        }

        Result<SplitPreview> preview = await flags.PreviewSplitAsync(flagId, RequestReaders.ParseId(ruleId), split);
        return Answers.Of(preview, found => Answers.Json(SplitPreviewResponse.From(
            found, variantId => FlagInputs.KeyOf(flag.Value.Flag, variantId) ?? variantId.ToString())));
    }

    private static IResult Answer(FlagView flag) => Answers.Json(FlagResponse.From(flag));

    private static IResult Created(FlagView flag) => Answers.Created(FlagResponse.From(flag));
}
