using Experiments.Decide.Endpoints.Telemetry;

namespace Experiments.Decide.Metrics;

/// <summary><c>/metrics</c> of this program.</summary>
internal static partial class MetricsExtensions
{
    public static void AddMetrics(this WebApplicationBuilder builder, TelemetrySettings settings)
    {
        if (settings.HasMetrics)
        {
            builder.Services.AddSingleton<MetricsCollector>();
        }
    }

    public static void MapMetrics(this WebApplication app, TelemetrySettings settings)
    {
        if (settings.HasMetrics)
        {
            MetricsCollector metrics = app.Services.GetRequiredService<MetricsCollector>(); // it counts from the start
            app.MapGet("/metrics", () => Results.Text(metrics.Read(), MetricsText.ContentType));
        }

        if (settings.OtlpUrl is not null)
        {
            LogNoCollector(app.Logger);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "Telemetry:OtlpUrl: this program sends nothing to a collector; it answers /metrics, and Experiments.Server with Roles=decide sends")]
    private static partial void LogNoCollector(ILogger logger);
}
