using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Api.Responses;

/// <summary>Source-generated JSON of everything that the control API answers.</summary>
[JsonSerializable(typeof(EnvironmentResponse))]
[JsonSerializable(typeof(AudienceResponse))]
[JsonSerializable(typeof(ExperimentResponse))]
[JsonSerializable(typeof(VariantResponse))]
[JsonSerializable(typeof(IReadOnlyList<VariantResponse>))]
[JsonSerializable(typeof(IReadOnlyList<AllocationResponse>))]
[JsonSerializable(typeof(ListResponse<EnvironmentResponse>))]
[JsonSerializable(typeof(ListResponse<AudienceResponse>))]
[JsonSerializable(typeof(ListResponse<ExperimentResponse>))]
[JsonSerializable(typeof(ListResponse<VersionResponse>))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ControlJsonContext : JsonSerializerContext
{
    /// <summary>Text is readable: answers are JSON, never part of an HTML page.</summary>
    public static ControlJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeConverter() },
    });
}
