using System.Reflection;
using Experiments.Decide.Endpoints.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
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

    // Of .NET itself, so that no package has to measure again. Their names are OpenTelemetry's.
    private static readonly string[] s_meters =
        [OwnSources, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

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
            metrics.AddMeter(s_meters);
            if (settings.HasMetrics)
            {
                metrics.AddPrometheusExporter();
            }
        });
        if (settings.OtlpUrl is { } collector)
        {
            // Traces have no query, not even its names: it holds user keys and contexts.
            telemetry.WithTracing(static traces => traces.AddSource(OwnSources).AddAspNetCoreInstrumentation(
                static requests => requests.EnrichWithHttpRequest = static (activity, _) => activity.SetTag("url.query", null)));
            builder.Logging.AddOpenTelemetry(static logs => logs.IncludeFormattedMessage = true);

            // By HTTP each signal's path comes behind the address that is given here, as the variable has it; other ways to set it would take the address as it is.
            telemetry.UseOtlpExporter(settings.OtlpProtocol == OtlpProtocol.HttpProtobuf ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc, collector);
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
