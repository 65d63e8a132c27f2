using System.Buffers;
using System.Text.Json;
using Experiments.Client.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Experiments.Decide.Endpoints.Problems;

/// <summary>
/// Writes every error of the product: <c>application/problem+json</c> with the usual members plus <c>error</c>, whatever the client
/// said it accepts, for an error in another form than was asked for is better than one without a reason.
/// </summary>
internal sealed class ProblemService : IProblemDetailsService
{
    private const string ContentType = "application/problem+json";
    private const string BlankType = "about:blank";

    public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        await WriteAsync(context);
        return true;
    }

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return ValueTask.CompletedTask; // Nobody is left to read it.
        }

        HttpResponse response = context.HttpContext.Response;
        Complete(context.ProblemDetails, context.HttpContext);
        response.StatusCode = context.ProblemDetails.Status!.Value;
        var json = new ArrayBufferWriter<byte>();
        Write(json, context.ProblemDetails);
        response.ContentType = ContentType;
        response.ContentLength = json.WrittenCount;
        return new ValueTask(response.Body.WriteAsync(json.WrittenMemory, context.HttpContext.RequestAborted).AsTask());
    }

    private static void Complete(ProblemDetails problem, HttpContext context)
    {
        int status = problem.Status ?? context.Response.StatusCode;
        problem.Status = status;
        if (problem.Type is null || problem.Title is null)
        {
            // The framework's table of types and titles is not public, but it fills in this result.
            ProblemDetails usual = TypedResults.Problem(statusCode: status).ProblemDetails;
            problem.Type ??= usual.Type ?? BlankType;
            problem.Title ??= usual.Title ?? ReasonPhrases.GetReasonPhrase(status);
        }

        // Some sentences come with a full stop and some without; callers see one way.
        problem.Detail = problem.Detail?.TrimEnd('.') ?? ProblemSentences.For(context, status);
        problem.Instance ??= context.Request.PathBase.ToUriComponent() + context.Request.Path.ToUriComponent();
    }

    private static void Write(ArrayBufferWriter<byte> json, ProblemDetails problem)
    {
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        Write(writer, "type", problem.Type);
        Write(writer, "title", problem.Title);
        writer.WriteNumber("status", problem.Status!.Value);
        Write(writer, "detail", problem.Detail);
        Write(writer, "instance", problem.Instance);
        Write(writer, "error", problem.Detail);
        foreach ((string name, object? value) in problem.Extensions)
        {
            if (name is not "error")
            {
                Write(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case IEnumerable<string> list:
                writer.WriteStartArray();
                foreach (string item in list)
                {
                    WriteText(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteText(writer, value.ToString() ?? "");
                break;
        }
    }

    // Not WriteStringValue: messages quote what clients sent, and that may hold a lone surrogate, on which the writer throws.
    private static void WriteText(Utf8JsonWriter writer, string text) =>
        writer.WriteRawValue(JsonString.Quote(text), skipInputValidation: true);
}
