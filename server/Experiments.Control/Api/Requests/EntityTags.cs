using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Experiments.Control.Api.Requests;

/// <summary>ETags that a caller expects.</summary>
internal static class EntityTags
{
    /// <summary>In quotes; null where any state will do.</summary>
    /// <exception cref="BadHttpRequestException">400.</exception>
    public static IReadOnlyList<string>? ReadIfMatch(HttpRequest request)
    {
        StringValues values = request.Headers.IfMatch;
        if (values.Count == 0 || values.ToString() == "*")
        {
            return null;
        }

        // A weak ETag never matches: RFC 9110, 13.1.1.
        return EntityTagHeaderValue.TryParseStrictList(values, out IList<EntityTagHeaderValue>? tags)
            ? [.. tags.Where(static tag => !tag.IsWeak).Select(static tag => tag.Tag.ToString())]
            : throw JsonFields.Refuse("If-Match must be ETags in quotes, such as \"3\", or *.");
    }
}
