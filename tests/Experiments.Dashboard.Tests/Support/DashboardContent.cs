using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>Definitions that tests need, made and read through the API as somebody else would.</summary>
internal static class DashboardContent
{
    /// <returns>Id of the new environment.</returns>
    public static Task<string> CreateEnvironmentAsync(HttpClient http, string name) => CreateAsync(http, "/api/environments", new { name });

    /// <returns>Id of what was created.</returns>
    public static async Task<string> CreateAsync(HttpClient http, string path, object body) =>
        (await ReadAsync(await http.PostAsJsonAsync(path, body))).GetProperty("id").GetString()!;

    /// <summary>Makes an environment of a file of <c>Content/</c>.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> ApplyAsync(HttpClient http, string environment, string file)
    {
        string id = await CreateEnvironmentAsync(http, environment);
        string document = await File.ReadAllTextAsync(Repository.PathOf("tests", "Experiments.Dashboard.Tests", "Content", file));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/environments/{id}/apply") { Content = new StringContent(document, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-actor", "ann");
        await ReadAsync(await http.SendAsync(request));
        return id;
    }

    /// <summary>An experiment with variants a and b, half of the users each.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateExperimentAsync(HttpClient http, string environmentId, string key)
    {
        string id = await CreateAsync(http, "/api/experiments", new { key, name = key, environmentId });
        string a = await CreateAsync(http, $"/api/experiments/{id}/variants", new { key = "a", name = "a" });
        string b = await CreateAsync(http, $"/api/experiments/{id}/variants", new { key = "b", name = "b" });
        await ReadAsync(await http.PutAsJsonAsync($"/api/experiments/{id}/split", new
        {
            weights = new[] { new { variantId = a, weight = 1 }, new { variantId = b, weight = 1 } }, coverage = 1,
        }));
        return id;
    }

    /// <summary>An enabled boolean flag with variants on and off.</summary>
    /// <returns>Its id.</returns>
    public static Task<string> CreateFlagAsync(HttpClient http, string environmentId, string key) => CreateAsync(http, "/api/flags", new
    {
        key, name = key, environmentId, type = "boolean", enabled = true, off = "off", @default = "off",
        variants = new[] { new { key = "on", value = true }, new { key = "off", value = false } },
    });

    public static async Task<JsonElement> GetAsync(HttpClient http, string path) => await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>All of a kind, such as <c>flags</c>, that an environment has.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient http, string kind, string environmentId) =>
        [.. (await GetAsync(http, $"/api/{kind}?environmentId={environmentId}&page=1&pageSize=100")).GetProperty("data").EnumerateArray()];

    public static async Task<string> IdOfAsync(HttpClient http, string kind, string environmentId, string key) =>
        (await ListAsync(http, kind, environmentId)).First(one => one.GetProperty("key").GetString() == key).GetProperty("id").GetString()!;

    public static async Task PatchAsync(HttpClient http, string path, object change) => await ReadAsync(await http.PatchAsJsonAsync(path, change));

    public static async Task PutAsync(HttpClient http, string path, object content) => await ReadAsync(await http.PutAsJsonAsync(path, content));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }
}
