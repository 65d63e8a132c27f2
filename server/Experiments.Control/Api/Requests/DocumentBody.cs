using System.Collections.Immutable;
using Experiments.Control.Transfer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Experiments.Control.Api.Requests;

/// <summary>Reads a request's body as a document, in JSON or YAML.</summary>
internal static class DocumentBody
{
    public const int MaxBytes = 64 * 1024 * 1024;

    public static readonly ImmutableArray<string> YamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];

    /// <exception cref="BadHttpRequestException">400, 413 or 415, with a sentence that says why.</exception>
    public static async Task<TransferDocument> ReadAsync(HttpRequest request)
    {
        bool isYaml = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && IsYaml(type.MediaType);
        if (!isYaml && !request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                $"The content type must be application/json or application/yaml, not \"{request.ContentType}\".",
                StatusCodes.Status415UnsupportedMediaType);
        }

        byte[] body = await JsonBody.ReadBytesAsync(request, MaxBytes);
        return DocumentReader.Read(JsonBody.Read(isYaml && body.Length > 0 ? ToJson(body) : body, DocumentJson.MaxDepth));
    }

    /// <summary>What the caller asks for: by <c>format</c>, else by the header <c>Accept</c>.</summary>
    public static bool WantsYaml(HttpRequest request) => PageQuery.ReadText(request.Query, "format") switch
    {
        "yaml" => true,
        "json" => false,
        null => MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? types)
            && types.OrderByDescending(static type => type.Quality ?? 1).FirstOrDefault() is { } first && IsYaml(first.MediaType),
        var other => throw JsonFields.Refuse($"format must be json or yaml, not \"{other}\"."),
    };

    private static bool IsYaml(StringSegment type) => YamlTypes.Any(yaml => type.Equals(yaml, StringComparison.OrdinalIgnoreCase));

    private static byte[] ToJson(byte[] yaml)
    {
        try
        {
            return YamlReading.ToJson(yaml);
        }
        catch (YamlFaultException fault)
        {
            throw JsonFields.Refuse($"The body is no YAML that this server takes: {fault.Message}");
        }
    }
}
