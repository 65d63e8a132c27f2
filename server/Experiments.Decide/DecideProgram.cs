using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Lifetime;
using Experiments.Decide.Endpoints.Problems;
using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Decide.Metrics;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Experiments.Decide;

/// <summary>The program: configuration in, a running server out.</summary>
internal static class DecideProgram
{
    private const int CannotStart = 1;
    private const int Http2Streams = 16;
    private const string DefaultUrl = "http://localhost:3002";

    // A watcher over the content root, which may be a large tree, costs more than a start does.
    private const string NoConfigurationWatcher = "--hostBuilder:reloadConfigOnChange=false";

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (HealthCheckCommand.IsMeant(args))
        {
            return await HealthCheckCommand.RunAsync(DefaultUrl);
        }

        try
        {
            await using WebApplication app = Build(args);
            await app.StartAsync();
            StartMessage.Print(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
#pragma warning disable CA1031 // Process start: whoever started it wants a reason and not a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"Experiments.Decide cannot start: {exception.Message}");
            return CannotStart;
        }
    }

    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    /// <exception cref="InvalidOperationException">The configuration is bad; the message lists every problem.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([NoConfigurationWatcher, .. args]);
        AddOwnDefaults(builder.Configuration);
        var reader = new SettingsReader(builder.Configuration, DecideSettings.Section);
        DecideSettings settings = DecideSettings.Read(reader, builder.Environment.ContentRootPath);
        TimeSpan drainPeriod = DrainSettings.Read(reader);
        TelemetrySettings telemetry = TelemetrySettings.Read(builder.Configuration, reader, hasGateway: false);
        if (reader.Problems.Count > 0)
        {
            throw new InvalidOperationException($"the configuration is bad\n  {string.Join("\n  ", reader.Problems)}");
        }

        if (!SaysWhereToListen(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            KestrelLimits.Apply(kestrel);

            // So that a gateway spreads its requests over several connections, which takes fewer turns of waiting for each other than one does. A client
            // that wants more at once opens another one, or waits for a decision, which takes microseconds.
            kestrel.Limits.Http2.MaxStreamsPerConnection = Http2Streams;
        });
        builder.Services.AddExperimentsProblems();
        builder.Services.AddExperimentsLifetime(drainPeriod);
        builder.Services.AddExperimentsDecide(settings);
        builder.AddConsoleLogs();
        builder.AddMetrics(telemetry);
        configure?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseExperimentsProblems();
        Map(app);
        Map(app.MapGroup("/api"));
        app.MapMetrics(telemetry);
        app.WarnOfUnknownSettings(reader);
        return app;
    }

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDecide();
        endpoints.MapDecideHealth();
        endpoints.MapReadiness();
    }

    /// <summary>The file beside the program counts least: the one in the content root, the environment and the command line come after it.</summary>
    private static void AddOwnDefaults(ConfigurationManager configuration) => configuration.Sources.Insert(0, new JsonConfigurationSource
    {
        FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
        Path = "appsettings.json",
        Optional = true,
    });

    private static bool SaysWhereToListen(ConfigurationManager configuration) =>
        Array.Exists(AddressKeys, key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
