using Experiments.Client.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.Decide.Endpoints.Telemetry;

/// <summary>Where metrics, traces and logs go.</summary>
internal sealed record TelemetrySettings
{
    private const string UrlKey = "Telemetry:OtlpUrl";

    // What every program that uses OpenTelemetry understands.
    private const string UrlVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>A collector that takes OTLP; null sends nothing.</summary>
    public required Uri? OtlpUrl { get; init; }

    /// <summary>What the collector speaks.</summary>
    /// <value>Default gRPC, as of OpenTelemetry for .NET.</value>
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>Whether <c>/metrics</c> answers. A gateway may be open to everyone, so it does not unless it is told to.</summary>
    public required bool HasMetrics { get; init; }

    /// <param name="configuration">All of it, for the standard variables.</param>
    /// <param name="settings">Collects what is wrong.</param>
    /// <param name="hasGateway">Whether this process is one.</param>
    public static TelemetrySettings Read(IConfiguration configuration, SettingsReader settings, bool hasGateway)
    {
        // The key is spelled out: the test of the reference looks for it in the sources.
        Uri? url = settings.Url(
            "Telemetry:OtlpUrl", "a collector that takes metrics, traces and logs by OTLP, over gRPC unless `OTEL_EXPORTER_OTLP_PROTOCOL` is `http/protobuf`; without one nothing is sent", UrlVariable);
        if (settings.Text(UrlKey) is null)
        {
            url = UrlOf(configuration[UrlVariable], settings);
        }

        return new TelemetrySettings
        {
            OtlpUrl = url,

            // Says nothing to a process that sends nothing.
            OtlpProtocol = url is null ? OtlpProtocol.Grpc : ProtocolOf(configuration[ProtocolVariable], url, settings),
            HasMetrics = settings.Flag(
                "Telemetry:Metrics", "whether /metrics answers Prometheus", !hasGateway, "true without gateway"),
        };
    }

    private static Uri? UrlOf(string? value, SettingsReader settings) => string.IsNullOrEmpty(value)
        ? null
        : Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : settings.Refuse<Uri?>(UrlKey, settings.Text(UrlKey), $"an absolute http or https URL, here or in {UrlVariable}, which is '{value}'", null);

    private static OtlpProtocol ProtocolOf(string? value, Uri url, SettingsReader settings) => value switch
    {
        null or "" or "grpc" => OtlpProtocol.Grpc,
        "http/protobuf" => OtlpProtocol.HttpProtobuf,
        _ => settings.Refuse(UrlKey, url.ToString(), $"grpc or http/protobuf in {ProtocolVariable}, which is '{value}', to send anything there", OtlpProtocol.Grpc),
    };
}
