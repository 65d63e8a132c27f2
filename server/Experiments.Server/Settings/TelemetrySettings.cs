using Experiments.Client.Hosting;

namespace Experiments.Server.Settings;

/// <summary>Where metrics, traces and logs go.</summary>
internal sealed record TelemetrySettings
{
    // What every program that uses OpenTelemetry understands.
    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector that takes OTLP; null sends nothing.</summary>
    public required Uri? OtlpUrl { get; init; }

    /// <summary>Whether <c>/metrics</c> answers. A gateway may be open to everyone, so it does not unless it is told to.</summary>
    public required bool HasMetrics { get; init; }

    public static TelemetrySettings Read(IConfiguration configuration, SettingsReader settings, ServerRoles roles) => new()
    {
        OtlpUrl = settings.Url(
            "Telemetry:OtlpUrl", "a collector that takes metrics, traces and logs by OTLP over gRPC; without one nothing is sent", StandardVariable)
            ?? (Uri.TryCreate(configuration[StandardVariable], UriKind.Absolute, out Uri? standard) ? standard : null),
        HasMetrics = settings.Flag(
            "Telemetry:Metrics", "whether /metrics answers Prometheus", !roles.HasFlag(ServerRoles.Gateway), "true without gateway"),
    };
}
