using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Experiments.Server.Tests.Startup;

/// <summary>A control server whose snapshot store is away.</summary>
public sealed class PublishCheckTests(ITestOutputHelper log)
{
    [Fact]
    public async Task Health_PublishFailed_SaysWhichAndWhyAndStaysReady()
    {
        // Nothing listens there.
        string nowhere = $"http://127.0.0.1:{FreePort.Next()}";
        await using ProductProcess control = await ProductProcess.StartAsync(
            ProductProgram.Server,
            [
                ("Roles", "control"), ("Snapshots:Kind", "s3"), ("Snapshots:Bucket", "b"), ("Snapshots:ServiceUrl", nowhere),
                ("Snapshots:AccessKey", "a"), ("Snapshots:SecretKey", "s"),
            ],
            log);
        Assert.Equal("""{"status":"ready"}""", await control.Http.GetStringAsync("/health/ready"));
        JsonElement environment = await PostAsync(control, "/environments", new { name = "prod" });
        JsonElement experiment = await PostAsync(
            control, "/experiments", new { key = "exp", name = "exp", environmentId = environment.GetProperty("id").GetString() });
        using HttpResponseMessage published = await control.Http.PostAsync(
            new Uri($"/experiments/{experiment.GetProperty("id").GetString()}/publish", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, published.StatusCode);

        foreach ((string path, string status) in new[] { ("/health", "ok"), ("/health/ready", "ready") })
        {
            // What a publish that took too long ended with is known a moment after its answer.
            JsonElement health = await Eventually.ReadAsync(
                async cancellation => await control.Http.GetFromJsonAsync<JsonElement>(path, cancellation),
                static health => health.TryGetProperty("problems", out _),
                $"{path} with a problem");
            Assert.Equal(status, health.GetProperty("status").GetString());
            Assert.Matches("^prod: .*, since [0-9T:-]+Z$", health.GetProperty("problems").GetProperty("publish").GetString()!);
        }
    }

    private static async Task<JsonElement> PostAsync(ProductProcess control, string path, object body)
    {
        using HttpResponseMessage response = await control.Http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
