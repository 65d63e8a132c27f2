using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Dashboard.Tests.Support;

/// <summary>An environment full of experiments and flags, stored as one document.</summary>
internal static class ManyDefinitions
{
    public const int Count = 10_000;

    private const int Teams = 50;
    private static readonly string[] s_statuses = ["DRAFT", "RUNNING", "PAUSED", "ARCHIVED"];

    /// <returns>Its id.</returns>
    public static async Task<string> StoreAsync(string url, string environment)
    {
        // 20,000 definitions take longer than a test's client waits.
        using HttpClient http = new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(5) };
        JsonElement made = await (await http.PostAsJsonAsync("/api/environments", new { name = environment })).Content.ReadFromJsonAsync<JsonElement>();
        string id = made.GetProperty("id").GetString()!;
        (await http.PatchAsJsonAsync($"/api/environments/{id}", new { publish = "manual" })).EnsureSuccessStatusCode();
        JsonObject document = new()
        {
            ["format"] = "experiments/1",
            ["audiences"] = new JsonArray([.. Enumerable.Range(0, 60).Select(static i => new JsonObject { ["name"] = $"Audience {i:00}", ["rules"] = new JsonArray() })]),
            ["experiments"] = new JsonArray([.. Enumerable.Range(0, Count).Select(ExperimentOf)]),
            ["flags"] = new JsonArray([.. Enumerable.Range(0, Count).Select(FlagOf)]),
        };
        using var body = new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/environments/{id}/apply", UriKind.Relative)) { Content = body };
        request.Headers.Add("x-actor", "importer");
        request.Headers.Add("x-reason", "The big import");
        HttpResponseMessage applied = await http.SendAsync(request);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        return id;
    }

    private static JsonObject ExperimentOf(int i) => new()
    {
        ["key"] = $"experiment-{i:00000}",
        ["name"] = $"Experiment {i:00000}",
        ["status"] = s_statuses[i % s_statuses.Length],
        ["tags"] = new JsonArray($"team-{i % Teams:00}"),
        ["audience"] = $"Audience {i % 30:00}",
        ["variants"] = new JsonArray(new JsonObject { ["key"] = "control", ["name"] = "Control" }, new JsonObject { ["key"] = "new", ["name"] = "New" }),
        ["split"] = new JsonObject { ["weights"] = new JsonObject { ["control"] = 1, ["new"] = 1 }, ["coverage"] = 0.5 },
    };

    private static JsonObject FlagOf(int i) => new()
    {
        ["key"] = $"flag-{i:00000}",
        ["name"] = $"Flag {i:00000}",
        ["type"] = "boolean",
        ["tags"] = new JsonArray($"team-{i % Teams:00}", i % 2 == 0 ? "release" : "operations"),
        ["enabled"] = i % 3 != 0,
        ["off"] = "off",
        ["default"] = "on",
        ["variants"] = new JsonArray(new JsonObject { ["key"] = "on", ["value"] = true }, new JsonObject { ["key"] = "off", ["value"] = false }),
    };
}
