using Experiments.Client.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.Decide.Endpoints.Telemetry;

/// <summary>Where metrics, traces and logs go.</summary>
internal sealed record TelemetrySettings
{
    // What every program that uses OpenTelemetry understands.
    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector that takes OTLP; null sends nothing.</summary>
    public required Uri? OtlpUrl { get; init; }

    /// <summary>Whether <c>/metrics</c> answers. A gateway may be open to everyone, so it does not unless it is told to.</summary>
    public required bool HasMetrics { get; init; }

    /// <param name="configuration">All of it, for the standard variable.</param>
    /// <param name="settings">Collects what is wrong.</param>
    /// <param name="hasGateway">Whether this process is one.</param>
    public static TelemetrySettings Read(IConfiguration configuration, SettingsReader settings, bool hasGateway) => new()
    {
        OtlpUrl = settings.Url(
            "Telemetry:OtlpUrl", "a collector that takes metrics, traces and logs by OTLP over gRPC; without one nothing is sent", StandardVariable)
            ?? (Uri.TryCreate(configuration[StandardVariable], UriKind.Absolute, out Uri? standard) ? standard : null),
        HasMetrics = settings.Flag(
            "Telemetry:Metrics", "whether /metrics answers Prometheus", !hasGateway, "true without gateway"),
    };
}
