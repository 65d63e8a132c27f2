using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Experiments.Decide.Endpoints.Problems;

/// <summary>One sentence for each status that was set without one.</summary>
internal static class ProblemSentences
{
    // A path may be as long as a request line; the sentence only has to be recognised.
    private const int MaxPathLength = 200;

    public static string For(HttpContext context, int status)
    {
        HttpRequest request = context.Request;
        string path = Shorten($"{request.PathBase.Value}{request.Path.Value}");
        return status switch
        {
            StatusCodes.Status400BadRequest => $"{request.Method} {path} is malformed",
            StatusCodes.Status404NotFound => $"No route matches {request.Method} {path}",
            StatusCodes.Status405MethodNotAllowed => $"{path} does not allow {request.Method}{Allowed(context.Response)}",
            StatusCodes.Status413PayloadTooLarge => $"The body of {request.Method} {path} is too large",
            StatusCodes.Status415UnsupportedMediaType =>
                $"The body of {request.Method} {path} must be JSON in UTF-8, sent with Content-Type: application/json",
            StatusCodes.Status500InternalServerError => $"{request.Method} {path} failed inside the server; its log says why",
            _ => $"{request.Method} {path} was answered {status} {ReasonPhrases.GetReasonPhrase(status)}",
        };
    }

    private static string Allowed(HttpResponse response) =>
        response.Headers.Allow is { Count: > 0 } allow ? $"; it allows {allow}" : "";

    private static string Shorten(string path) => path.Length <= MaxPathLength ? path : $"{path.AsSpan(0, MaxPathLength)}...";
}
