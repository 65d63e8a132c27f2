using System.Globalization;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Auditing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Experiments.Control.Api;

/// <summary>
/// Who calls and of which state, from the headers <c>x-actor</c>, <c>x-reason</c> and <c>If-Match</c>; and the ETag of what is answered.
/// </summary>
internal sealed class CallerFilter(Callers callers) : IEndpointFilter
{
    public const string ActorHeader = "x-actor";
    public const string ReasonHeader = "x-reason";
    public const int MaxActorLength = 256;
    public const int MaxReasonLength = 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method))
        {
            callers.Enter(Read(request));
        }

        object? answer = await next(context);
        if (answer is IValueHttpResult { Value: IRevisioned revisioned })
        {
            context.HttpContext.Response.Headers.ETag = ETagOf(revisioned.Revision);
        }

        return answer;
    }

    private static string ETagOf(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    private static Caller Read(HttpRequest request) => new(
        ReadText(request, ActorHeader, MaxActorLength) ?? Caller.Anonymous.Actor,
        ReadText(request, ReasonHeader, MaxReasonLength),
        ReadPrecondition(request));

    private static string? ReadText(HttpRequest request, string header, int maxLength)
    {
        StringValues values = request.Headers[header];
        string text = values.ToString().Trim();
        return text.Length == 0 ? null
            : values.Count > 1 || text.Length > maxLength || text.Any(char.IsControl)
                ? throw JsonFields.Refuse($"{header} must be one line of at most {maxLength} characters.")
                : text;
    }

    private static Precondition? ReadPrecondition(HttpRequest request)
    {
        StringValues values = request.Headers.IfMatch;
        if (values.Count == 0 || values.ToString() == "*")
        {
            // "Any state": what is not there is 404 anyway.
            return null;
        }

        Guid id = request.RouteValues.TryGetValue("id", out object? value) && value is string text ? RequestReaders.ParseId(text) : Guid.Empty;
        if (!EntityTagHeaderValue.TryParseStrictList(values, out IList<EntityTagHeaderValue>? tags))
        {
            throw JsonFields.Refuse("If-Match must be ETags in quotes, such as \"3\", or *.");
        }

        // A weak ETag never matches: RFC 9110, 13.1.1.
        return new Precondition(id, [.. tags.Where(static tag => !tag.IsWeak).Select(static tag =>
            long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long revision) ? revision : -1)]);
    }
}
