using System.Buffers;
using Experiments.Client.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary><c>/health/live</c>: the process answers, so nobody has to start it again. <c>/health/ready</c>: it can do its work, so it may be sent some; what
/// it cannot do all the same is under <c>problems</c>.
/// </summary>
internal static class ReadinessEndpoints
{
    private const string NotReady = "not ready";

    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(2);

    public static void MapReadiness(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", s_methods, static context => AnswerAsync(context, "live", []));
        endpoints.MapMethods("/health/ready", s_methods, AnswerReadyAsync);
    }

    private static async Task AnswerReadyAsync(HttpContext context)
    {
        IServiceProvider services = context.RequestServices;
        if (services.GetRequiredService<Drain>().HasBegun)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await AnswerAsync(context, NotReady, [new("process", "it is stopping")]);
            return;
        }

        IReadinessCheck[] checks = [.. services.GetServices<IReadinessCheck>()];
        KeyValuePair<string, string>?[] answers = await Task.WhenAll(checks.Select(check => AskAsync(check, context)));
        KeyValuePair<string, string>[] reasons = [.. answers.Where((_, i) => !checks[i].IsRemark).OfType<KeyValuePair<string, string>>()];
        KeyValuePair<string, string>[] remarks = [.. answers.Where((_, i) => checks[i].IsRemark).OfType<KeyValuePair<string, string>>()];
        context.Response.StatusCode = reasons.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await AnswerAsync(context, reasons.Length == 0 ? "ready" : NotReady, reasons, remarks);
    }

    private static async Task<KeyValuePair<string, string>?> AskAsync(IReadinessCheck check, HttpContext context)
    {
        try
        {
            using var limit = new CancellationTokenSource(s_answerLimit, context.RequestServices.GetRequiredService<TimeProvider>());
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
            return await check.FindReasonAsync(either.Token).WaitAsync(either.Token) is { } reason ? new(check.Name, reason) : null;
        }
        catch (OperationCanceledException)
        {
            return new(check.Name, $"no answer within {s_answerLimit.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // Whatever it is that does not work: it is the reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(check.Name, exception.Message);
        }
    }

    private static Task AnswerAsync(
        HttpContext context, string status, KeyValuePair<string, string>[] reasons, params KeyValuePair<string, string>[] problems)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"status\":"u8);
        json.Write(JsonString.Quote(status));
        Write(json, "reasons", reasons);
        Write(json, "problems", problems);
        json.Write("}"u8);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(json.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static void Write(ArrayBufferWriter<byte> json, string name, KeyValuePair<string, string>[] members)
    {
        for (int i = 0; i < members.Length; i++)
        {
            json.Write(","u8);
            if (i == 0)
            {
                json.Write(JsonString.Quote(name));
                json.Write(":{"u8);
            }

            json.Write(JsonString.Quote(members[i].Key));
            json.Write(":"u8);
            json.Write(JsonString.Quote(members[i].Value));
        }

        json.Write(members.Length == 0 ? ""u8 : "}"u8);
    }
}
