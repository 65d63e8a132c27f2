using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Operations;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of the audit log: of everything, and of one resource as its history.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", ListAsync).WithTags("Audit").WithSummary("Lists what was changed by whom and why, newest first")
            .WithQuery("environmentId", "Only in this environment").WithQuery("resourceId", "Only of this resource")
            .WithQuery("kind", $"One of {AuditNames.AllKinds}").WithQuery("action", $"One of {AuditNames.AllActions}")
            .WithQuery("actor", "Only by this actor")
            .WithQuery("search", "Part of the resource's key, the actor or the reason, in any case")
            .WithQuery("from", "A time: only from then on").WithQuery("until", "A time: only before then")
            .WithPaging().Produces<ListResponse<AuditResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        foreach (string resources in new[] { "experiments", "flags", "audiences", "layers", "holdouts", "environments" })
        {
            routes.MapGet($"/{resources}/{{id}}/history", HistoryAsync).WithTags("Audit")
                .WithSummary("Lists what was changed about the resource, newest first, also after it was deleted")
                .WithPaging().Produces<ListResponse<AuditResponse>>().ProducesErrors(StatusCodes.Status400BadRequest);
        }
    }

    private static Task<IResult> ListAsync(HttpRequest request, AuditOperations audit)
    {
        IQueryCollection query = request.Query;
        return AnswerAsync(request, audit, new AuditFilter
        {
            EnvironmentId = ReadId(query, "environmentId"),
            ResourceId = ReadId(query, "resourceId"),
            Kind = PageQuery.ReadText(query, "kind") is { } kind ? AuditNames.ParseKind(kind) : null,
            Action = PageQuery.ReadText(query, "action") is { } action ? AuditNames.ParseAction(action) : null,
            Actor = PageQuery.ReadText(query, "actor"),
            Search = PageQuery.ReadText(query, "search"),
            From = PageQuery.ReadTime(query, "from"),
            Until = PageQuery.ReadTime(query, "until"),
        });
    }

    private static Task<IResult> HistoryAsync(string id, HttpRequest request, AuditOperations audit) =>
        AnswerAsync(request, audit, new AuditFilter { ResourceId = RequestReaders.ParseId(id) });

    private static async Task<IResult> AnswerAsync(HttpRequest request, AuditOperations audit, AuditFilter filter)
    {
        var query = PageQuery.Read(request.Query);
        StorePage<AuditEntry> page = await audit.ListAsync(filter, query.Range);
        return Answers.Json(ListResponse<AuditResponse>.From(page, query, AuditResponse.From));
    }

    private static Guid? ReadId(IQueryCollection query, string name) =>
        PageQuery.ReadText(query, name) is { } id ? RequestReaders.ParseId(id) : null;
}
