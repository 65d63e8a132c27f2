using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Control.Api;
using Experiments.Control.Api.Responses;

namespace Experiments.Server.Startup;

/// <summary>Control's <c>/health</c> answers in time, whatever the definition store does, and says which publishes wait.</summary>
internal sealed class ControlHealthFilter(ControlHealth health, PublishCheck publish, TimeProvider time) : IEndpointFilter
{
    private const string Ok = "ok";

    // As for each part of /health/ready.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    // What a store says is quoted, and is to be read by people.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Answers instead of the route's own handler, which waits for as long as the store does.
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        CancellationToken aborted = context.HttpContext.RequestAborted;
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            await health.CheckAsync(either.Token).AsTask().WaitAsync(either.Token);
            return await publish.FindReasonAsync(either.Token).WaitAsync(either.Token) is { } reason
                ? TypedResults.Json(
                    new ControlHealthAnswer(Ok, new Dictionary<string, string>(StringComparer.Ordinal) { [publish.Name] = reason }), s_json)
                : Answers.Json(new HealthResponse(Ok));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return TypedResults.Problem(
                $"The definition store gave no answer within {s_limit.TotalSeconds:0} s", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
