using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints.Telemetry;
using Experiments.Server.Settings;
using Experiments.Server.Telemetry;
using Experiments.Server.Tests.Settings;
using Experiments.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Experiments.Server.Tests.Telemetry;

/// <summary>What a collector gets, over a real connection.</summary>
public sealed partial class OtlpTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "base/")]
    [InlineData("Experiments:Telemetry:OtlpUrl", "")]
    public async Task Export_HttpProtobuf_GoesToAPathOfEachSignal(string key, string basePath)
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(HttpProtocols.Http1);

        await WorkAsync((key, new Uri(collector.Url, basePath).ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        foreach (string signal in new[] { "traces", "metrics", "logs" })
        {
            Assert.Contains($"/{basePath}v1/{signal} application/x-protobuf", collector.Requests);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("grpc")]
    public async Task Export_Grpc_GoesToTheServiceOfEachSignal(string protocol)
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(HttpProtocols.Http2);

        await WorkAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));

        foreach (string service in new[] { "trace.v1.TraceService", "metrics.v1.MetricsService", "logs.v1.LogsService" })
        {
            Assert.Contains($"/opentelemetry.proto.collector.{service}/Export application/grpc", collector.Requests);
        }
    }

    /// <summary>A program with these settings answers a request and ends, which sends what it has.</summary>
    private static async Task WorkAsync(params (string Key, string? Value)[] values)
    {
        var configuration = SettingsOf.Configuration(values);
        var reader = new SettingsReader(configuration, ServerSettings.Section);
        var settings = TelemetrySettings.Read(configuration, reader, hasGateway: true);
        Assert.Empty(reader.Problems);
        WebApplicationBuilder builder = WebApplication.CreateBuilder([$"--urls=http://127.0.0.1:{FreePort.Next()}"]);
        builder.AddTelemetry(settings);
        await using WebApplication app = builder.Build();
        app.MapGet("/work", static () => "ok");
        await app.StartAsync();
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.Single()) };
        await http.GetStringAsync(new Uri("/work", UriKind.Relative));
        LogWorked(app.Logger);

        // Waits for the end of the request, which is after its answer; what was recorded is sent when the program is disposed of.
        await app.StopAsync();
    }

    [LoggerMessage(1, LogLevel.Warning, "It has worked")]
    private static partial void LogWorked(ILogger logger);
}
