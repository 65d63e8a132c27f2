using System.Text.Json;
using Experiments.Client;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Where the control server publishes. The default is its data directory in this repository; give another one with --Snapshots=<directory>.
// In production this would be FromS3("my-bucket") or FromUrl("https://experiments.example.com").
string snapshots = builder.Configuration["Snapshots"] ?? "../../server/Experiments.Server/data/snapshots";
builder.Services.AddExperiments("prod").FromDirectory(Path.Combine(builder.Environment.ContentRootPath, snapshots));

WebApplication app = builder.Build();

app.MapGet("/checkout", (string user, string? country, string? plan, IFeatureDecider features) =>
{
    // No network call and nothing to await: the SDK keeps the snapshot in memory. The same user always gets the same variant.
    Decision decision = features.Decide("checkout-button-color", user, [("country", country), ("plan", plan)]);

    // It never throws because of data either. Without a variant your own default applies, and the reason says why there is none:
    // NotReady (nothing loaded yet), FlagNotFound (no such experiment) or Default (targeting or the bucket left this user out).
    string color = decision.Payload.ValueKind == JsonValueKind.Object && decision.Payload.TryGetProperty("color", out JsonElement value)
        ? value.ToString()
        : "#cccccc";

    return new
    {
        color,
        variant = decision.VariantKey,
        payload = decision.Payload.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : decision.Payload,
        reason = decision.Reason.ToString(),
        snapshotVersion = decision.SnapshotVersion,
    };
});

await app.RunAsync();
