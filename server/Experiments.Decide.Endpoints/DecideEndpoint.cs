using System.Diagnostics;
using Experiments.Decide.Endpoints.Answers;
using Experiments.Decide.Endpoints.Diagnostics;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Endpoints.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Experiments.Decide.Endpoints;

/// <summary>Answers <c>/decide</c>: read, find the environment, decide, write.</summary>
internal sealed class DecideEndpoint(DecideEnvironments environments, DecideMetrics metrics)
{
    private readonly DefaultObjectPool<DecideRequest> _requests = new(new DecideRequestPolicy());

    public async Task InvokeAsync(HttpContext context)
    {
        DecideRequest request = _requests.Get();
        try
        {
            if (HttpMethods.IsPost(context.Request.Method))
            {
                await PostAsync(context, request);
            }
            else
            {
                await AnswerAsync(context, request, DecideQuery.Read(context.Request.QueryString.Value, request));
            }
        }
        finally
        {
            _requests.Return(request);
        }
    }

    private async Task PostAsync(HttpContext context, DecideRequest request)
    {
        if (!RequestBody.IsJson(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, detail: null);
            return;
        }

        int length = await RequestBody.ReadAsync(context.Request, request, context.RequestAborted);
        if (length == RequestBody.TooLarge)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body is larger than {RequestBody.MaxBytes} bytes");
            return;
        }

        await AnswerAsync(context, request, DecideBody.Read(request.Bytes.AsSpan(0, length), request));
    }

    private async Task AnswerAsync(HttpContext context, DecideRequest request, string? fault)
    {
        if (fault is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        // Its token costs an allocation, so only those who may have to wait ask for it.
        if (!environments.TryFind(request.Environment, out DecideEnvironment? environment))
        {
            environment = await environments.FindAsync(request.Environment, context.RequestAborted);
        }

        if (environment?.Prepared is not { } prepared)
        {
            await RefuseAsync(
                context, StatusCodes.Status503ServiceUnavailable, $"No config available for environment \"{request.Environment}\"");
            return;
        }

        long start = metrics.IsOn ? Stopwatch.GetTimestamp() : 0;
        await DecideAnswer.WriteAsync(context.Response, prepared, request, metrics);
        if (start != 0)
        {
            metrics.Record(environment.Name, Stopwatch.GetElapsedTime(start));
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string? detail) =>
        TypedResults.Problem(detail: detail, statusCode: status).ExecuteAsync(context);
}
