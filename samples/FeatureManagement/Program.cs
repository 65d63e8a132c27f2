using FeatureManagement;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// As it was: an app on Microsoft.FeatureManagement. Nothing in it changes, here or below.
builder.Services.AddControllers();
builder.Services.AddHttpContextAccessor();
builder.Services.AddFeatureManagement().WithTargeting<QueryTargeting>();

// What the migration adds: where decisions come from...
// In production this would be FromS3("my-bucket") or FromUrl("https://experiments.example.com").
string snapshots = builder.Configuration["Snapshots"] ?? "../../server/Experiments.Server/data/snapshots";
builder.Services.AddExperiments("prod").FromDirectory(Path.Combine(builder.Environment.ContentRootPath, snapshots));

// ...and that Microsoft.FeatureManagement's interfaces use them.
builder.Services.AddExperimentsFeatureManagement(options =>
{
    // Features that are not published yet are left to appsettings.json. Drop this once all have moved.
    options.FallThrough = true;

    // Rules may look at more than the targeting context carries.
    options.MapContext(context => context.Attributes.Set(
        "country", context.Services.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Query["country"].FirstOrDefault()));
});

WebApplication app = builder.Build();

app.MapControllers();

app.MapGet("/greeting", () => "Hello from appsettings.json").WithFeatureGate("Greeting");

app.MapGet("/checkout", async (IVariantFeatureManagerSnapshot features, CancellationToken cancellationToken) =>
{
    Variant? variant = await features.GetVariantAsync("checkout-button-color", cancellationToken);
    return new { variant = variant?.Name, color = variant?.Configuration["color"] ?? "#cccccc" };
});

await app.RunAsync();
