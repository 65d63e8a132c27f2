using System.Globalization;
using Experiments.Control.Api.Bodies;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Storage;
using Experiments.Control.Versions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of what is published, what would be, and the way back.</summary>
internal static class VersionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/environments/{id}").WithTags("Publishing");
        group.MapGet("/versions", ListAsync).WithSummary("Lists the versions of an environment's snapshot, highest first: who, when, why")
            .WithPaging().Produces<ListResponse<VersionResponse>>()
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapGet("/versions/{version}", FindAsync).WithSummary("Answers one version with the definitions that it was made of")
            .Produces<VersionDetailResponse>().ProducesErrors(StatusCodes.Status404NotFound);
        group.MapGet("/diff", CompareAsync).WithSummary("Says what differs between two versions, in words and as JSON")
            .WithQuery("from", "A version, live or draft. Default live").WithQuery("to", "A version, live or draft. Default draft")
            .Produces<DifferenceResponse>().ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapPost("/publish", PublishAsync).WithSummary("Publishes what is stored, or says what that would change")
            .Accepts<PublishBody>("application/json").Produces<PublishResponse>()
            .ProducesErrors(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/versions/prune", PruneAsync)
            .WithSummary("Deletes old snapshots from the snapshot store, never the live one, what is newer, or what was live less than ten minutes ago; rolling back to them still works, deciding by them does not")
            .Accepts<PruneBody>("application/json").Produces<PruneResponse>().ProducesErrors(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/rollback", RollBackAsync)
            .WithSummary("Publishes the content of an earlier version as a new one")
            .Accepts<RollbackBody>("application/json").Produces<PublishResponse>().ProducesErrors(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> PruneAsync(string id, HttpRequest request, EnvironmentOperations environments, SnapshotRetention retention)
    {
        // No other member: a dryRun that is mistyped must not delete.
        JsonFields body = (await JsonBody.ReadAsync(request)).Only("keepVersions", "keepDays", "upTo", "dryRun");
        long? versions = body.LongOrNull("keepVersions", 1, RetentionRule.MaxVersions);
        long? days = body.LongOrNull("keepDays", 1, (long)RetentionRule.MaxAge.TotalDays);
        long upTo = body.LongOrNull("upTo", 1, long.MaxValue) ?? long.MaxValue;
        bool isDryRun = body.BooleanOr("dryRun", fallback: false);
        var rule = new RetentionRule((int?)versions, days is { } count ? TimeSpan.FromDays(count) : null, RetentionRule.ReaderGrace);
        if (!rule.IsLimited)
        {
            throw JsonFields.Refuse("keepVersions or keepDays is missing: without them every snapshot stays.");
        }

        Result<EnvironmentDefinition> environment = await environments.FindAsync(RequestReaders.ParseId(id));
        if (!environment.IsSuccess)
        {
            return Answers.Of(environment.Error);
        }

        try
        {
            return Answers.Json(AnswerOf(await retention.ApplyAsync(environment.Value, rule, upTo, isDryRun, request.HttpContext.RequestAborted), isDryRun));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Answers.Of(new DomainError(DomainErrorCode.Unavailable, $"The snapshot store failed; what was deleted until then is gone: {failure.Message}"));
        }
    }

    private static PruneResponse AnswerOf(RetentionOutcome outcome, bool isDryRun) => new(
        isDryRun,
        [.. outcome.Expired.Select(static one => new StoredVersionResponse(one.Version, one.WrittenAt, one.Bytes))],
        outcome.KeptCount,
        string.Concat(outcome.Expired.Select(static one => string.Create(
            CultureInfo.InvariantCulture, $"- version {one.Version}, written {one.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {one.Bytes} bytes\n"))));

    private static async Task<IResult> ListAsync(string id, HttpRequest request, EnvironmentOperations environments)
    {
        var query = PageQuery.Read(request.Query);
        Result<EnvironmentDefinition> environment = await environments.FindAsync(RequestReaders.ParseId(id));
        if (!environment.IsSuccess)
        {
            return Answers.Of(environment.Error);
        }

        StorePage<PublicationRecord> page = await environments.ListVersionsAsync(environment.Value.Id, query.Range);
        return Answers.Json(ListResponse<VersionResponse>.From(page, query, VersionResponse.From));
    }

    private static async Task<IResult> FindAsync(string id, string version, VersionOperations versions) =>
        ContentPlace.TryParse(version, out ContentPlace place) && place.Version is { } number
            ? Answers.Of(
                await versions.FindAsync(RequestReaders.ParseId(id), number), static view => Answers.Json(VersionDetailResponse.From(view)))
            : Answers.Of(new DomainError(DomainErrorCode.NotFound, $"\"{version}\" is no version; versions are numbers."));

    private static async Task<IResult> CompareAsync(string id, HttpRequest request, VersionOperations versions)
    {
        ContentPlace from = ReadPlace(request.Query, "from", ContentPlace.Live);
        ContentPlace to = ReadPlace(request.Query, "to", ContentPlace.Draft);
        return Answers.Of(
            await versions.CompareAsync(RequestReaders.ParseId(id), from, to),
            changes => Answers.Json(new DifferenceResponse(from.ToString(), to.ToString(), changes, DifferenceText.Of(changes))));
    }

    private static async Task<IResult> PublishAsync(
        string id, HttpRequest request, VersionOperations versions, SnapshotPublisher publisher, Callers callers)
    {
        JsonFields body = await JsonBody.ReadOrEmptyAsync(request);
        bool isDryRun = body.BooleanOr("dryRun", fallback: false);
        EnterNote(callers, body);
        Guid environmentId = RequestReaders.ParseId(id);
        Result<IReadOnlyList<Change>> changes = await versions.CompareAsync(environmentId, ContentPlace.Live, ContentPlace.Draft);
        if (!changes.IsSuccess)
        {
            return Answers.Of(changes.Error);
        }

        if (isDryRun)
        {
            return DryRun(changes.Value);
        }

        Result<Mutation<EnvironmentDefinition>> requested = await versions.RequestPublishAsync(environmentId);

        // A version of its own, whoever else publishes at the same time: it says who asked for it and why.
        return requested.IsSuccess
            ? await AnswerAsync(await publisher.PublishAsync(environmentId), environmentId, changes.Value, versions)
            : Answers.Of(requested.Error);
    }

    private static async Task<IResult> RollBackAsync(
        string id, HttpContext http, VersionOperations versions, SnapshotPublisher publisher, Callers callers)
    {
        JsonFields body = await JsonBody.ReadAsync(http.Request);
        long version = body.Long("version");
        bool isDryRun = body.BooleanOr("dryRun", fallback: false);
        EnterNote(callers, body);
        Guid environmentId = RequestReaders.ParseId(id);
        Result<IReadOnlyList<Change>> changes = await versions.CompareAsync(
            environmentId, ContentPlace.Draft, new ContentPlace(version, IsDraft: false));
        if (!changes.IsSuccess)
        {
            return Answers.Of(changes.Error);
        }

        if (isDryRun)
        {
            return DryRun(changes.Value);
        }

        Result<Mutation<EnvironmentDefinition>> rolledBack;
        try
        {
            rolledBack = await versions.RollBackAsync(environmentId, version);
        }
        catch (RollbackRefusedException refused)
        {
            return Answers.Of(new DomainError(DomainErrorCode.Conflict, refused.Message));
        }

        if (!rolledBack.IsSuccess)
        {
            return Answers.Of(rolledBack.Error);
        }

        PublishOutcome outcome = await publisher.PublishAsync(rolledBack.Value.Publish!);
        PublishHeaders.Set(http.Response, outcome);
        PublishHeaders.SetReassigned(http.Response, rolledBack.Value.ReassignedShare);
        return await AnswerAsync(outcome, environmentId, changes.Value, versions);
    }

    private static IResult DryRun(IReadOnlyList<Change> changes) =>
        Answers.Json(new PublishResponse(DryRun: true, Version: null, PublishedAt: null, Sha256: null, changes, DifferenceText.Of(changes)));

    private static async Task<IResult> AnswerAsync(
        PublishOutcome outcome, Guid environmentId, IReadOnlyList<Change> changes, VersionOperations versions)
    {
        if (outcome.Error is { } error)
        {
            return Answers.Of(new DomainError(DomainErrorCode.Unavailable, $"Publishing failed and will be tried again: {error}"));
        }

        PublicationRecord? live = await versions.FindLiveAsync(environmentId);
        return Answers.Json(new PublishResponse(
            DryRun: false, live?.Version, live?.PublishedAt, live?.Sha256, changes, DifferenceText.Of(changes)));
    }

    /// <summary>What is written down as the reason, before the header's.</summary>
    private static void EnterNote(Callers callers, JsonFields body)
    {
        string? note = body.TextOrNull("note");
        if (note is { Length: > DefinitionNames.MaxDescriptionLength })
        {
            throw JsonFields.Refuse($"note must be at most {DefinitionNames.MaxDescriptionLength} characters.");
        }

        callers.Enter(callers.Current with { Reason = note ?? callers.Current.Reason });
    }

    private static ContentPlace ReadPlace(IQueryCollection query, string name, ContentPlace fallback) => PageQuery.ReadText(query, name) is not { } text
        ? fallback
        : ContentPlace.TryParse(text, out ContentPlace place)
            ? place
            : throw JsonFields.Refuse($"{name} must be a version, live or draft, not \"{text}\".");
}
