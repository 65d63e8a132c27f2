using System.Text.Json;
using Experiments.Control.Api.Requests;
using Experiments.Control.Api.Responses;
using Experiments.Control.Explaining;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>Answers an impact while its contexts are still coming in: lines of progress, and at the end the result or what is wrong.</summary>
internal sealed class ImpactAnswer(HttpContext http, ImpactCount count, TimeProvider time)
{
    public const string ContentType = "application/x-ndjson";

    private const int ProgressLines = 10_000;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly ImpactContexts _contexts = new(http.Request.Body);
    private long _toldAt = time.GetTimestamp();

    /// <exception cref="BadHttpRequestException">400: there is no line, or the first one is wrong already.</exception>
    public async Task<IResult> RunAsync()
    {
        if (!await _contexts.ReadAsync(http.RequestAborted))
        {
            throw JsonFields.Refuse("The body has no lines; one {\"user_key\", \"context\"} for each user is expected.");
        }

        if (_contexts.Fault is { } fault)
        {
            throw JsonFields.Refuse(fault);
        }

        http.Response.ContentType = ContentType;
        try
        {
            await WriteAsync(await CountAsync() is { } error
                ? new ImpactLineResponse(Error: error)
                : new ImpactLineResponse(Result: ImpactResultResponse.Of(count)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read it.
        }
        catch (BadHttpRequestException exception) when (http.Response.HasStarted)
        {
            await WriteAsync(new ImpactLineResponse(Error: exception.Message));
        }

        return TypedResults.Empty;
    }

    /// <returns>What is wrong with a line; null where all were counted.</returns>
    private async ValueTask<string?> CountAsync()
    {
        do
        {
            if (_contexts.Fault is not null)
            {
                return _contexts.Fault;
            }

            count.Add(_contexts.UserKey, _contexts.Context);
            if (count.ContextCount % ProgressLines == 0 || time.GetElapsedTime(_toldAt) >= ProgressInterval)
            {
                await WriteAsync(new ImpactLineResponse(new ImpactProgressResponse(count.ContextCount)));
                _toldAt = time.GetTimestamp();
            }
        }
        while (await _contexts.ReadAsync(http.RequestAborted));
        return null;
    }

    private async Task WriteAsync(ImpactLineResponse line)
    {
        http.RequestAborted.ThrowIfCancellationRequested();
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(line, ControlJsonContext.Readable.ImpactLineResponse);
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
