using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Experiments.Control.Tests.Support;

/// <summary>Flags, and questions about decisions.</summary>
internal sealed partial class ApiClient
{
    /// <summary>A number flag with the variants low (1) and high (2), of which low is served where no rule says otherwise.</summary>
    public async Task<Answer> CreateTwoValuedAsync(string environmentId, string key, object[]? rules = null, object[]? overrides = null) =>
        (await PostAsync("/flags", new
        {
            environmentId,
            key,
            name = key,
            type = "number",
            enabled = true,
            variants = new[] { new { key = "low", value = 1 }, new { key = "high", value = 2 } },
            off = "low",
            @default = "low",
            rules = rules ?? [],
            overrides = overrides ?? [],
        })).Expect(HttpStatusCode.Created);

    /// <summary>From now on changes of the environment are drafts.</summary>
    public async Task<Answer> PublishByHandAsync(string environmentId) =>
        (await PatchAsync($"/environments/{environmentId}", new { publish = "manual" })).Expect(HttpStatusCode.OK);

    public Task<Answer> ExplainAsync(string environment, string userKey, string key, object? context = null, string? version = null)
    {
        string query = $"/explain?env={Uri.EscapeDataString(environment)}&user_key={Uri.EscapeDataString(userKey)}&key={Uri.EscapeDataString(key)}";
        query += context is null ? "" : $"&context={Uri.EscapeDataString(JsonSerializer.Serialize(context))}";
        return GetAsync(version is null ? query : $"{query}&version={version}");
    }

    public Task<Answer> ImpactAsync(string environmentId, params string[] lines) =>
        SendAsync(HttpMethod.Post, $"/environments/{environmentId}/impact", Lines(string.Join('\n', lines)));

    public static HttpContent Lines(string lines) =>
        new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };

    public static string Line(string userKey, object? context = null) =>
        JsonSerializer.Serialize(new { user_key = userKey, context = context ?? new { } });
}
