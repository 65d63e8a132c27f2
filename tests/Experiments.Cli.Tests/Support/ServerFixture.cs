using System.Text;
using System.Text.Json;

namespace Experiments.Cli.Tests.Support;

/// <summary>A real server for the tests of a class, and its API without the tool.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ProductProcess _server = null!;

    public string Url => _server.Url;

    public async Task InitializeAsync() => _server = await ProductProcess.StartAsync(
        ProductProgram.Server,
        [("PollInterval", "00:00:00.100"), ("RateLimit:Enabled", "false")]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>Lets all snapshots be older than what is kept for readers that are on their way.</summary>
    public void AgeSnapshots()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_server.ContentRoot, "data", "snapshots"), "*.json", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-11));
        }
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("/api" + path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _server.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>A new environment's name and id.</summary>
    public async Task<(string Name, string Id)> CreateEnvironmentAsync(string? name = null)
    {
        name ??= $"env-{Guid.NewGuid():N}";
        JsonElement created = await SendAsync(HttpMethod.Post, "/environments", new { name });
        return (name, created.GetProperty("id").GetString()!);
    }

    /// <summary>A boolean flag that is on for everyone, or off.</summary>
    public async Task<string> CreateFlagAsync(string environmentId, string key, string name = "A flag", params string[] tags)
    {
        JsonElement created = await SendAsync(HttpMethod.Post, "/flags", new
        {
            key,
            name,
            environmentId,
            type = "boolean",
            tags,
            enabled = true,
            variants = new object[] { new { key = "on", value = true }, new { key = "off", value = false } },
            off = "off",
            @default = "on",
        });
        return created.GetProperty("id").GetString()!;
    }

    /// <summary>A draft that gives everyone the variant <c>blue</c>.</summary>
    public async Task<string> CreateExperimentAsync(string environmentId, string key)
    {
        JsonElement created = await SendAsync(HttpMethod.Post, "/experiments", new { key, name = key, environmentId });
        string id = created.GetProperty("id").GetString()!;
        JsonElement variant = await SendAsync(
            HttpMethod.Post, $"/experiments/{id}/variants", new { key = "blue", name = "Blue", payload = new { hex = "#00f" } });
        await SendAsync(HttpMethod.Put, $"/experiments/{id}/allocations", new
        {
            allocations = new[] { new { variantId = variant.GetProperty("id").GetString(), rangeStart = 0, rangeEnd = 9999 } },
        });
        return id;
    }
}
