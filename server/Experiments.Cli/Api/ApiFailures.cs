using System.Net;
using System.Text.Json;

namespace Experiments.Cli.Api;

/// <summary>What went wrong with a request, in words and as an exit code.</summary>
internal static class ApiFailures
{
    /// <summary>Of an answer that is no success.</summary>
    public static async Task<CliException> OfAsync(HttpResponseMessage response, int maxDepth, CancellationToken cancellation)
    {
        JsonElement? json = await ReadJsonAsync(response, maxDepth, cancellation);
        return json?.Text("error") is { Length: > 0 } error
            ? new CliException(ExitCodeOf(response.StatusCode), error) { IsStale = response.StatusCode == HttpStatusCode.PreconditionFailed }
            : NotOurs(response);
    }

    public static CliException Unreachable(Uri server, HttpRequestException exception) => new(
        ExitCode.Unreachable,
        exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? $"{server} answers more than this program takes"
            : $"cannot reach {server}: {Innermost(exception)}",
        exception);

    /// <summary>Something answers that is not our server: a proxy, a page to sign in, another program.</summary>
    public static CliException NotOurs(HttpResponseMessage response)
    {
        string type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        string target = response.Headers.Location is { } location ? $", pointing to {location}" : "";
        return new CliException(
            ExitCode.Unreachable,
            $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} ({type}){target}: "
            + "is this the address of an Experiments server?");
    }

    /// <summary>Null where it is no JSON.</summary>
    public static async Task<JsonElement?> ReadJsonAsync(HttpResponseMessage response, int maxDepth, CancellationToken cancellation)
    {
        string? type = response.Content.Headers.ContentType?.MediaType;
        if (type is null || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return JsonElement.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int ExitCodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => ExitCode.Conflict,
        // A gateway of ours whose control server is gone.
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => ExitCode.Unreachable,
        _ => ExitCode.Refused,
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }
}
