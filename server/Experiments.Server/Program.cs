using Experiments.Client.Hosting;
using Experiments.Control;
using Experiments.Control.Api;
using Experiments.Control.Publishing;
using Experiments.Dashboard;
using Experiments.Dashboard.Health;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Lifetime;
using Experiments.Decide.Endpoints.Problems;
using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Gateway;
using Experiments.Server.Docs;
using Experiments.Server.Settings;
using Experiments.Server.Startup;
using Experiments.Server.Telemetry;
using Microsoft.AspNetCore.DataProtection;

// One process with any mix of roles. What is not here is elsewhere, and the gateway forwards to it:
//
//   caller -> gateway -+-> decide  <- polls -  snapshot store (directory or S3)
//                      |                             ^
//                      +-> control - compiles and publishes
//                            |
//                            +-> definition store
if (HealthCheckCommand.IsMeant(args))
{
    return await HealthCheckCommand.RunAsync("http://localhost:3000");
}

return await ProcessEdge.RunAsync(async () =>
{
    // The JSON Schemas of flags may hold patterns that users wrote: none keeps the process busy for longer. Before any is made.
    AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(1));
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.Configuration.AddOwnDefaults();
    var reader = new SettingsReader(builder.Configuration, ServerSettings.Section);
    var settings = ServerSettings.Read(builder.Configuration, builder.Environment.ContentRootPath, reader);
    if (ListenAddresses.Read(builder.Configuration).Count == 0)
    {
        builder.WebHost.UseUrls(ListenAddresses.DefaultOf(settings));
    }

    builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
    builder.Services.AddExperimentsProblems();
    builder.Services.AddExperimentsLifetime(settings.DrainPeriod);
    builder.AddConsoleLogs();
    builder.AddTelemetry(settings.Telemetry);
    if (settings.Has(ServerRoles.Control))
    {
        builder.Services.AddControl(settings.Control);
        builder.Services.AddSingleton(new BackupSpool(settings.DataDirectory));
        builder.Services.AddSingleton<IReadinessCheck, StoreReadiness>();
        builder.Services.AddSingleton<PublishCheck>();
        builder.Services.AddSingleton<IReadinessCheck>(static services => services.GetRequiredService<PublishCheck>());
        builder.Services.AddApiDocument();
    }

    if (settings.Has(ServerRoles.Dashboard))
    {
        // Else only Development finds the files of libraries where the program runs from its build output.
        builder.WebHost.UseStaticWebAssets();

        // Else what runs from its build output looks for edited files on each request and sends them as gzip that compresses nothing.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Services.AddDashboard();
    }

    if (settings.Has(ServerRoles.Decide))
    {
        builder.Services.AddExperimentsDecide(settings.Decide);
    }

    if (settings.Has(ServerRoles.Control) && settings.Has(ServerRoles.Decide))
    {
        builder.Services.AddSingleton<IPublishObserver, PollOnPublish>();
    }

    if (settings.Has(ServerRoles.Dashboard) && settings.Has(ServerRoles.Decide))
    {
        builder.Services.AddSingleton<IDecideStatus, DecideStatus>();
    }

    if (settings.Has(ServerRoles.Gateway))
    {
        builder.Services.AddExperimentsGateway(settings.Gateway);
    }

    if (settings.Has(ServerRoles.Gateway) || settings.Has(ServerRoles.Dashboard))
    {
        builder.Services.AddDataProtection().SetApplicationName("Experiments")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataDirectory, "keys")));
    }

    await using WebApplication app = builder.Build();
    app.UseExperimentsProblems();
    if (settings.Has(ServerRoles.Gateway))
    {
        app.UseExperimentsGateway();
    }

    if (settings.Has(ServerRoles.Control))
    {
        app.UseSnapshotFiles();
    }

    if (settings.Has(ServerRoles.Dashboard) && !settings.Has(ServerRoles.Gateway))
    {
        app.UseForwardedPrefix();
    }

    if (settings.Has(ServerRoles.Dashboard))
    {
        app.UseDashboardNotFound();
    }

    // Explicit, so that everything above sees requests before a route is chosen for them.
    app.UseRouting();
    if (settings.Has(ServerRoles.Dashboard))
    {
        app.UseDashboard();
    }

    foreach (RouteGroupBuilder routes in RouteGroups.Of(app, settings))
    {
        if (settings.Has(ServerRoles.Control))
        {
            routes.MapControl();
        }

        if (settings.Has(ServerRoles.Decide))
        {
            routes.MapDecide();
        }
    }

    app.MapHealth(settings);
    app.MapTelemetry(settings.Telemetry);
    if (settings.Has(ServerRoles.Control))
    {
        app.MapApiDocument();
    }

    if (settings.Has(ServerRoles.Dashboard))
    {
        app.MapDashboard();
    }
    else if (settings.Has(ServerRoles.Control))
    {
        app.MapStartPage();
    }

    if (settings.Has(ServerRoles.Gateway))
    {
        app.MapExperimentsGateway();
    }

    app.WarnOfUnknownSettings(reader);
    StartupMessage.PrintWhenStarted(app, settings);
    await app.RunAsync();
});
