using System.Buffers;
using System.Globalization;
using System.Text;
using Experiments.Client.Json;
using Experiments.Decide.Endpoints.Environments;
using Microsoft.AspNetCore.Http;

namespace Experiments.Decide.Endpoints.Health;

/// <summary>Answers <c>/health</c>. As long as the process answers it can decide, so a store that is down is a remark and not a status.</summary>
internal sealed class DecideHealth(DecideEnvironments environments)
{
    /// <summary>Why the last poll of an environment failed or was refused, of those where it was.</summary>
    public IReadOnlyDictionary<string, string> Problems => new SortedDictionary<string, string>(
        environments.Kept.Where(static environment => environment.Problem is not null)
            .ToDictionary(static environment => environment.Name, static environment => environment.Problem ?? "", StringComparer.Ordinal),
        StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        DecideEnvironment[] kept = [.. environments.Kept.OrderBy(static environment => environment.Name, StringComparer.Ordinal)];
        DecideEnvironment[] troubled = Array.FindAll(kept, static environment => environment.Problem is not null);
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"status\":\"ok\",\"config_versions\":"u8);
        Write(json, kept, static environment => Encoding.UTF8.GetBytes(
            environment.Prepared!.Snapshot.Version.ToString(CultureInfo.InvariantCulture)));
        if (troubled.Length > 0)
        {
            json.Write(",\"problems\":"u8);
            Write(json, troubled, static environment => JsonString.Quote(environment.Problem ?? ""));
        }

        json.Write("}"u8);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.WrittenCount;
        return context.Response.Body.WriteAsync(json.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static void Write(ArrayBufferWriter<byte> json, DecideEnvironment[] members, Func<DecideEnvironment, byte[]> value)
    {
        for (int i = 0; i < members.Length; i++)
        {
            json.Write(i == 0 ? "{"u8 : ","u8);
            json.Write(JsonString.Quote(members[i].Name));
            json.Write(":"u8);
            json.Write(value(members[i]));
        }

        json.Write(members.Length == 0 ? "{}"u8 : "}"u8);
    }
}
