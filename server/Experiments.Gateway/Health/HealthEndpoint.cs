using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Gateway.Health;

/// <summary>Asks both services at once and answers for both.</summary>
internal sealed class HealthEndpoint(GatewayOptions options, ServiceProbe probe)
{
    // HEAD too, which load balancers use: unmapped, it could end at the health of control.
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health", Methods, AnswerAsync);
        endpoints.MapMethods("/api/health", Methods, AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Task<string> control = AskAsync("control", options.ControlUrls, options.ControlHealth, context);
        Task<string> decide = AskAsync("decide", options.DecideUrls, options.DecideHealth, context, options.DecideHttp2);
        await Task.WhenAll(control, decide);

        var services = new ServicesDocument(await control, await decide);
        bool isOk = services is { Control: ServiceProbe.Ok, Decide: ServiceProbe.Ok };
        await TypedResults.Json(
            new HealthDocument(isOk ? ServiceProbe.Ok : "degraded", services, ProblemsOfDecide(context)),
            HealthJson.Default.HealthDocument,
            statusCode: isOk ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
    }

    /// <summary>One server that is well is enough.</summary>
    private async Task<string> AskAsync(
        string service, IReadOnlyList<Uri> urls, Func<IServiceProvider, CancellationToken, ValueTask<bool>>? inProcess, HttpContext context, bool isHttp2 = false)
    {
        if (urls.Count == 0)
        {
            return await probe.AskAsync(service, url: null, inProcess, context);
        }

        string[] answers = await Task.WhenAll(urls.Select(url => probe.AskAsync(service, url, inProcess: null, context, isHttp2)));
        return answers.FirstOrDefault(static answer => answer == ServiceProbe.Ok) ?? answers[0];
    }

    private IReadOnlyDictionary<string, string>? ProblemsOfDecide(HttpContext context) =>
        options.DecidesHere && options.DecideProblems?.Invoke(context.RequestServices) is { Count: > 0 } problems ? problems : null;
}
