using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>The control API as a caller uses it: JSON in, JSON out, failing on every answer that is not a success.</summary>
internal sealed class ControlApi(HttpClient http, string prefix = "/api")
{
    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonElement> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<JsonElement> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    public Task<JsonElement> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json)
    {
        using HttpResponseMessage response = await RequestAsync(method, path, json);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {body}");
        return JsonElement.Parse(body);
    }

    /// <summary>The answer as it is.</summary>
    public async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, prefix + path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request);
    }

    public async Task<string> CreateEnvironmentAsync(string name) =>
        IdOf(await PostAsync("/environments", JsonSerializer.Serialize(new { name })));

    /// <summary>A running experiment with variants <c>control</c> and <c>treatment</c>, half of the buckets each.</summary>
    public async Task<string> CreateRunningExperimentAsync(string environmentId, string key)
    {
        string id = await CreateExperimentAsync(environmentId, key);
        await PatchAsync($"/experiments/{id}/status", """{"status":"RUNNING"}""");
        return id;
    }

    public async Task<string> CreateExperimentAsync(string environmentId, string key)
    {
        string id = IdOf(await PostAsync("/experiments", JsonSerializer.Serialize(new { key, name = key, environmentId })));
        string control = IdOf(await PostAsync($"/experiments/{id}/variants", """{"key":"control","name":"Control"}"""));
        string treatment = IdOf(await PostAsync($"/experiments/{id}/variants", """{"key":"treatment","name":"Treatment","payload":{"n":1}}"""));
        await PutAsync($"/experiments/{id}/allocations", AllocationsOf(control, treatment, 5000));
        return id;
    }

    /// <summary>Buckets below <paramref name="border"/> for the first variant, the others for the second.</summary>
    public static string AllocationsOf(string first, string second, int border) => JsonSerializer.Serialize(new
    {
        allocations = new[]
        {
            new { variantId = first, rangeStart = 0, rangeEnd = border - 1 },
            new { variantId = second, rangeStart = border, rangeEnd = 9999 },
        },
    });

    /// <summary>What <c>/decide</c> answers for a user; null while nothing is published.</summary>
    public async Task<JsonElement?> DecideAsync(string environment, string userKey, string? contextJson = null)
    {
        string query = $"/decide?env={Uri.EscapeDataString(environment)}&user_key={Uri.EscapeDataString(userKey)}"
            + (contextJson is null ? "" : $"&context={Uri.EscapeDataString(contextJson)}");
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, query, null);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static string IdOf(JsonElement resource) => resource.GetProperty("id").GetString()!;

    public static long VersionOf(JsonElement? decisions) => decisions is { } answer ? answer.GetProperty("config_version").GetInt64() : 0;

    public static string? VariantOf(JsonElement? decisions) => decisions is { } answer && answer.GetProperty("assignments").GetArrayLength() > 0
        ? answer.GetProperty("assignments")[0].GetProperty("variant_key").GetString()
        : null;
}
