using System.Reflection;
using Experiments.Server.Settings;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Experiments.Server.Telemetry;

/// <summary>OpenTelemetry for every role of the process: OTLP where a collector is named, and <c>/metrics</c> for Prometheus.</summary>
internal static class TelemetryExtensions
{
    private const string ServiceName = "experiments";

    // Of this product, by the beginning of their names.
    private const string OwnSources = "Experiments.*";

    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings)
    {
        if (settings is { OtlpUrl: null, HasMetrics: false })
        {
            return;
        }

        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(static resource => resource.AddService(
            ServiceName, serviceVersion: typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(OwnSources).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
            if (settings.HasMetrics)
            {
                metrics.AddPrometheusExporter();
            }
        });
        if (settings.OtlpUrl is { } collector)
        {
            // Traces have no query: it holds user keys and contexts.
            telemetry.WithTracing(static traces => traces.AddSource(OwnSources).AddAspNetCoreInstrumentation());
            builder.Logging.AddOpenTelemetry(static logs => logs.IncludeFormattedMessage = true);
            telemetry.UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, collector);
        }
    }

    public static void MapTelemetry(this WebApplication app, TelemetrySettings settings)
    {
        if (settings.HasMetrics)
        {
            app.MapPrometheusScrapingEndpoint();
        }
    }
}
