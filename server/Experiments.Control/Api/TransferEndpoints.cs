using System.Text.Json;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Auditing;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;
using Experiments.Control.Transfer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Control.Api;

/// <summary>Routes of environments as documents: out, in, and from one to another.</summary>
internal static class TransferEndpoints
{
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/environments/{id}").WithTags("Transfer");
        group.MapGet("/export", ExportAsync).WithSummary("Answers the environment as one document, by names and keys")
            .WithQuery("format", "json or yaml; else by the header Accept. Default json")
            .Produces<TransferDocument>(StatusCodes.Status200OK, Json, Yaml)
            .ProducesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapPost("/apply", ApplyAsync).WithSummary("Makes the environment as a document says, all of it or nothing, or says what that would change")
            .WithQuery("dryRun", "true: changes nothing, and answers the ETag that If-Match takes. Default false")
            .WithQuery("prune", "true: what the document does not name is archived, or deleted where nothing uses it. Default false")
            .Accepts<TransferDocument>(Json, [.. DocumentBody.YamlTypes]).Produces<TransferResponse>().ProducesTransferErrors();
        group.MapPost("/promote", PromoteAsync)
            .WithSummary("Applies flags and experiments to another environment, with the audiences and layers that they name: {to, flags?, experiments?, dryRun?}")
            .Accepts<PromotionInput>(Json).Produces<TransferResponse>().ProducesTransferErrors();
    }

    private static RouteHandlerBuilder ProducesTransferErrors(this RouteHandlerBuilder route) => route.ProducesChangeErrors().ProducesErrors(
        StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> ExportAsync(string id, HttpContext http, TransferOperations transfers)
    {
        bool isYaml = DocumentBody.WantsYaml(http.Request);
        Result<ExportedDocument> exported = await transfers.ExportAsync(RequestReaders.ParseId(id));
        if (!exported.IsSuccess)
        {
            return Answers.Of(exported.Error);
        }

        http.Response.Headers.ETag = exported.Value.ETag;
        byte[] json = TransferJsonContext.Write(exported.Value.Document);
        return TypedResults.Bytes(isYaml ? YamlWriting.FromJson(json) : json, $"{(isYaml ? Yaml : Json)}; charset=utf-8");
    }

    private static async Task<IResult> ApplyAsync(
        string id, HttpContext http, TransferOperations transfers, SnapshotPublisher publisher, Callers callers)
    {
        // The server's own limit is for single resources; the reader has the one for documents.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var options = new ApplyOptions
        {
            IsDryRun = PageQuery.ReadBoolean(http.Request.Query, "dryRun") ?? false,
            Prunes = PageQuery.ReadBoolean(http.Request.Query, "prune") ?? false,
            ExpectedETags = EntityTags.ReadIfMatch(http.Request),
        };
        TransferDocument document = await DocumentBody.ReadAsync(http.Request);
        EnterWithoutPrecondition(callers);
        return await AnswerAsync(http, publisher, await transfers.ApplyAsync(RequestReaders.ParseId(id), document, options));
    }

    private static async Task<IResult> PromoteAsync(
        string id, HttpContext http, TransferOperations transfers, SnapshotPublisher publisher, Callers callers)
    {
        JsonFields body = (await JsonBody.ReadAsync(http.Request)).Only("to", "flags", "experiments", "dryRun");
        var input = new PromotionInput
        {
            To = RequestReaders.ParseId(body.Text("to")),
            Flags = KeysOf(body, "flags"),
            Experiments = KeysOf(body, "experiments"),
            DryRun = body.BooleanOr("dryRun", fallback: false),
        };
        IReadOnlyList<string>? expected = EntityTags.ReadIfMatch(http.Request);
        EnterWithoutPrecondition(callers);
        return await AnswerAsync(http, publisher, await transfers.PromoteAsync(RequestReaders.ParseId(id), input, expected));
    }

    /// <summary>If-Match is about all of the environment here, not about one resource, and checked with the plan.</summary>
    private static void EnterWithoutPrecondition(Callers callers) => callers.Enter(callers.Current with { Precondition = null });

    private static async Task<IResult> AnswerAsync(HttpContext http, SnapshotPublisher publisher, Result<Mutation<AppliedDocument>> applied) =>
        await Answers.OfAsync(http, publisher, applied, result =>
        {
            http.Response.Headers.ETag = result.ETag;
            return Answers.Json(TransferResponse.From(result));
        });

    private static string[] KeysOf(JsonFields body, string name) =>
        body.Find(name) is { ValueKind: not JsonValueKind.Null } ? body.Texts(name) : [];
}
