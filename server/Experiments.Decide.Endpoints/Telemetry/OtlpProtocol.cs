namespace Experiments.Decide.Endpoints.Telemetry;

/// <summary>How a collector is spoken to.</summary>
internal enum OtlpProtocol
{
    /// <summary>To the collector's address as it is.</summary>
    Grpc,

    /// <summary>Each signal has a path of its own below the collector's address, such as <c>/v1/traces</c>.</summary>
    HttpProtobuf,
}
