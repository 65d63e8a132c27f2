using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Experiments.Cli.Tests.Support;

/// <summary>
/// The routes that the server gets later (export, apply, promote, explain), as they are agreed; what they do to flags is done in the real
/// server, and every other request goes there. Not for good: see <see cref="PlannedServer.Url"/>.
/// </summary>
internal sealed class PlannedRoutes(string server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(server) };

    public void Dispose() => _http.Dispose();

    public Task AnswerAsync(HttpContext context, CannedRequest request)
    {
        string[] parts = request.Target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", "environments", var id, "export"] => ExportAsync(context, id),
            ["api", "environments", var id, "apply"] => ApplyAsync(context, id, request),
            ["api", "environments", _, "promote"] => PromoteAsync(context, request),
            ["api", "explain"] => ExplainAsync(context),
            _ => ForwardAsync(context, request),
        };
    }

    // JSON is YAML too.
    private async Task ExportAsync(HttpContext context, string environmentId)
    {
        context.Response.ContentType = $"application/{context.Request.Query["format"]}";
        await context.Response.WriteAsync(JsonSerializer.Serialize(await StatesAsync(environmentId)));
    }

    private async Task ApplyAsync(HttpContext context, string environmentId, CannedRequest request)
    {
        bool isDryRun = context.Request.Query["dryRun"] == "true";
        Dictionary<string, bool> actual = await StatesAsync(environmentId);
        Dictionary<string, bool> wanted = JsonSerializer.Deserialize<Dictionary<string, bool>>(request.Body)!;
        string[] changes = [.. wanted.Where(pair => actual[pair.Key] != pair.Value).Select(static pair => pair.Key)];
        string etag = $"\"{string.Concat(actual.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key}{pair.Value}"))}\"";
        if (request.Header("If-Match") is { } match && match != etag)
        {
            await CannedServer.WriteJsonAsync(context, """{"error":"The environment is not as it was."}""", 412);
            return;
        }

        foreach (string key in isDryRun ? [] : changes)
        {
            JsonElement flag = (await FlagsAsync(environmentId)).Single(item => item.GetProperty("key").GetString() == key);
            using HttpResponseMessage changed = await _http.PatchAsync(
                new Uri($"/api/flags/{flag.GetProperty("id")}", UriKind.Relative), JsonContentOf($$"""{"enabled":{{(wanted[key] ? "true" : "false")}}}"""));
            changed.EnsureSuccessStatusCode();
        }

        context.Response.Headers.ETag = etag;
        string text = changes.Length == 0 ? "No changes." : string.Concat(changes.Select(static key => $"Flag \"{key}\": changed.\n"));
        await CannedServer.WriteJsonAsync(context, JsonSerializer.Serialize(new { dryRun = isDryRun, applied = !isDryRun, changes, text }));
    }

    private static Task PromoteAsync(HttpContext context, CannedRequest request)
    {
        JsonElement body = JsonElement.Parse(request.Body);
        bool isDryRun = body.GetProperty("dryRun").GetBoolean();
        return body.GetProperty("to").GetString() == "nowhere"
            ? CannedServer.WriteJsonAsync(context, """{"error":"No environment \"nowhere\"."}""", 404)
            : CannedServer.WriteJsonAsync(context, JsonSerializer.Serialize(
                new { dryRun = isDryRun, applied = !isDryRun, changes = new[] { 1 }, text = "Flag \"nav\" was added." }));
    }

    private static Task ExplainAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        return CannedServer.WriteJsonAsync(context, JsonSerializer.Serialize(new { key = $"{query["key"]}", text = $"{query["key"]} for {query["user_key"]}: on\n" }));
    }

    private async Task<Dictionary<string, bool>> StatesAsync(string environmentId) => (await FlagsAsync(environmentId))
        .ToDictionary(static item => item.GetProperty("key").GetString()!, static item => item.GetProperty("enabled").GetBoolean());

    private async Task<JsonElement[]> FlagsAsync(string environmentId) => [.. JsonElement.Parse(await _http.GetStringAsync(
        new Uri($"/api/flags?environmentId={environmentId}&page=1&pageSize=100", UriKind.Relative))).GetProperty("data").EnumerateArray()];

    private async Task ForwardAsync(HttpContext context, CannedRequest request)
    {
        using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(request.Target, UriKind.Relative));
        forwarded.Content = request.Body.Length == 0 ? null : JsonContentOf(request.Body);
        foreach (string header in new[] { "x-actor", "x-reason" })
        {
            if (request.Header(header) is { } value)
            {
                forwarded.Headers.Add(header, value);
            }
        }

        using HttpResponseMessage response = await _http.SendAsync(forwarded);
        string body = await response.Content.ReadAsStringAsync();
        await CannedServer.WriteJsonAsync(context, body, (int)response.StatusCode);
    }

    private static StringContent JsonContentOf(string json) => new(json, new MediaTypeHeaderValue("application/json"));
}
