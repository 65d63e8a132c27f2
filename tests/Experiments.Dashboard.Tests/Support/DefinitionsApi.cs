using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>Makes definitions through the server's own API, as a program beside the browser does.</summary>
public sealed class DefinitionsApi(HttpClient http)
{
    /// <summary>A new environment.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> EnvironmentAsync(string name) => await IdOfAsync(await http.PostAsJsonAsync("/api/environments", new { name }));

    /// <summary>Makes the environment as a document of the format <c>experiments/1</c> says.</summary>
    public async Task ApplyAsync(string environmentId, string document)
    {
        using var body = new StringContent(document, Encoding.UTF8, "application/json");
        HttpResponseMessage applied = await http.PostAsync(new Uri($"/api/environments/{environmentId}/apply", UriKind.Relative), body);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
    }

    /// <summary>A new flag; its variants and the rest as the API takes them.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> FlagAsync(object flag) => await IdOfAsync(await http.PostAsJsonAsync("/api/flags", flag));

    public async Task<JsonElement> ReadAsync(string path) => await http.GetFromJsonAsync<JsonElement>("/api/" + path);

    public async Task PatchAsync(string path, object change)
    {
        HttpResponseMessage changed = await http.PatchAsJsonAsync("/api/" + path, change);
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync());
    }

    /// <summary>Id of the flag or experiment with this key.</summary>
    public async Task<string> FindAsync(string list, string environmentId, string key)
    {
        JsonElement found = await ReadAsync($"{list}?environmentId={environmentId}&search={key}&page=1&pageSize=100");
        return found.GetProperty("data").EnumerateArray().First(one => one.GetProperty("key").GetString() == key).GetProperty("id").GetString()!;
    }

    public static async Task<string> IdOfAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
