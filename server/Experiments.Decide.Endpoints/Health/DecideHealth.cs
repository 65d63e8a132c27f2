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
    /// <summary>Why the last look at an environment failed or was refused, of those where it was.</summary>
    public IReadOnlyDictionary<string, string> Problems => environments.Problems;

    public Task InvokeAsync(HttpContext context)
    {
        DecideEnvironment[] kept = [.. environments.Kept.OrderBy(static environment => environment.Name, StringComparer.Ordinal)];
        IReadOnlyDictionary<string, string> problems = Problems;
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"status\":\"ok\",\"config_versions\":"u8);
        Write(json, kept.Select(static environment => KeyValuePair.Create(
            environment.Name, Encoding.UTF8.GetBytes(environment.Prepared!.Snapshot.Version.ToString(CultureInfo.InvariantCulture)))));
        if (problems.Count > 0)
        {
            json.Write(",\"problems\":"u8);
            Write(json, problems.Select(static problem => KeyValuePair.Create(problem.Key, JsonString.Quote(problem.Value))));
        }

        json.Write("}"u8);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.WrittenCount;
        return context.Response.Body.WriteAsync(json.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static void Write(ArrayBufferWriter<byte> json, IEnumerable<KeyValuePair<string, byte[]>> members)
    {
        bool isFirst = true;
        json.Write("{"u8);
        foreach ((string name, byte[] value) in members)
        {
            json.Write(isFirst ? ""u8 : ","u8);
            json.Write(JsonString.Quote(name));
            json.Write(":"u8);
            json.Write(value);
            isFirst = false;
        }

        json.Write("}"u8);
    }
}
