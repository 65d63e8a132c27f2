using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Experiments.Server.Tests.Startup;

/// <summary>A control server whose snapshot store is away.</summary>
public sealed class PublishCheckTests(ITestOutputHelper log)
{
    [Fact]
    public async Task Health_StoreIsAway_SaysSoThenWhichPublishFailedAndStaysReady()
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

        // Before anything is to be published.
        await ProblemAsync(control, "/health/ready", "ready", "127.0.0.1");
        await Eventually.HoldsAsync(() => control.Output.ToString().Contains("so nothing can be published", StringComparison.Ordinal), "a warning");
        JsonElement environment = await PostAsync(control, "/environments", new { name = "prod" });
        JsonElement experiment = await PostAsync(
            control, "/experiments", new { key = "exp", name = "exp", environmentId = environment.GetProperty("id").GetString() });
        using HttpResponseMessage published = await control.Http.PostAsync(
            new Uri($"/experiments/{experiment.GetProperty("id").GetString()}/publish", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, published.StatusCode);

        // What a publish that took too long ended with is known a moment after its answer.
        await ProblemAsync(control, "/health", "ok", "^prod: .*, since [0-9T:-]+Z$");
        await ProblemAsync(control, "/health/ready", "ready", "^prod: .*, since [0-9T:-]+Z$");
    }

    private static async Task ProblemAsync(ProductProcess control, string path, string status, string pattern)
    {
        JsonElement health = await Eventually.ReadAsync(
            async cancellation => await control.Http.GetFromJsonAsync<JsonElement>(path, cancellation),
            health => health.TryGetProperty("problems", out JsonElement problems) && Regex.IsMatch(problems.GetProperty("publish").GetString()!, pattern),
            $"{path} with a problem {pattern}");
        Assert.Equal(status, health.GetProperty("status").GetString());
    }

    private static async Task<JsonElement> PostAsync(ProductProcess control, string path, object body)
    {
        using HttpResponseMessage response = await control.Http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
