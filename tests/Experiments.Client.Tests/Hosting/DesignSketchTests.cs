using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Tests.Hosting;

/// <summary>The sketch of the documentation, as printed there, compiles and works.</summary>
public sealed class DesignSketchTests
{
    [Fact]
    public async Task Sketch_InAWebApp_Works()
    {
        using var directory = new TempDirectory();
        DirectoryStore.Publish(directory.Path, 1, $"[{SnapshotJson.Experiment(
            "checkout-button-color",
            targetingRules: """
                [{"conditions":[{"attribute":"country","operator":"eq","value":"US"},{"attribute":"plan","operator":"eq","value":"pro"}]}]
                """,
            allocations: SnapshotJson.Everyone)},{SnapshotJson.Serving("new-nav", "true")},{SnapshotJson.Serving("price", "12.5")}]");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        builder.Services.AddExperiments("prod").FromS3("experiment-configs");          // or FromDirectory(path), FromUrl(uri)
        builder.Services.AddExperiments("prod").FromDirectory(directory.Path); // Of several sources the last one counts.

        await using WebApplication app = builder.Build();

        app.MapGet("/checkout", (string user, IFeatureDecider features) =>
        {
            Decision d = features.Decide("checkout-button-color", user, [("country", "US"), ("plan", "pro")]);
            return d.Is("treatment") ? NewCheckout(d.Payload) : OldCheckout();
        });

        await app.StartAsync();
        IFeatureDecider features = app.Services.GetRequiredService<IFeatureDecider>();
        await features.WaitUntilReadyAsync().WaitAsync(Eventually.DefaultWithin);
        const string user = "user-123";

        bool on      = features.IsOn("new-nav", user);
        double price = features.Value("price", user, fallback: 9.99);

        Assert.True(on);
        Assert.Equal(12.5, price);
        using var http = new HttpClient();
        Assert.Equal("new green", await http.GetStringAsync(new Uri($"{app.Urls.First()}/checkout?user={user}")));
        await app.StopAsync();
    }

    private static string NewCheckout(JsonElement payload) => $"new {payload.GetProperty("color").GetString()}";

    private static string OldCheckout() => "old";
}
