using System.Net.Http.Headers;

namespace Experiments.Cli.Api;

/// <summary>What an answer's headers say about the publish that followed a change.</summary>
internal sealed record PublishNote(bool IsAttempted, bool IsSucceeded, string? Error)
{
    public static PublishNote Of(HttpResponseHeaders headers) => new(
        First(headers, "x-publish-attempted") == "true",
        First(headers, "x-publish-succeeded") == "true",
        First(headers, "x-publish-error"));

    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
