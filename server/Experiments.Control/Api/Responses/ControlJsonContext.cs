using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Control.Api.Requests;
using Experiments.Control.Differences;

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
[JsonSerializable(typeof(FlagResponse))]
[JsonSerializable(typeof(IReadOnlyList<FlagRuleResponse>))]
[JsonSerializable(typeof(ListResponse<FlagResponse>))]
[JsonSerializable(typeof(LayerResponse))]
[JsonSerializable(typeof(ListResponse<LayerResponse>))]
[JsonSerializable(typeof(HoldoutResponse))]
[JsonSerializable(typeof(ListResponse<HoldoutResponse>))]
[JsonSerializable(typeof(SplitPreviewResponse))]
[JsonSerializable(typeof(SplitResponse))]
[JsonSerializable(typeof(VersionDetailResponse))]
[JsonSerializable(typeof(DifferenceResponse))]
[JsonSerializable(typeof(PublishResponse))]
[JsonSerializable(typeof(PruneResponse))]
[JsonSerializable(typeof(TransferResponse))]
[JsonSerializable(typeof(ListResponse<AuditResponse>))]
[JsonSerializable(typeof(ExplanationResponse))]
[JsonSerializable(typeof(ImpactLineResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ControlJsonContext : JsonSerializerContext
{
    private const int ListLevels = 8;

    /// <summary>Text is readable: answers are JSON, never part of an HTML page.</summary>
    public static ControlJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // A payload that was taken must be answered too, a few levels deeper inside a list.
        MaxDepth = JsonBody.MaxDepth + ListLevels,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeConverter(), new LowerCaseEnumConverter<ChangeKind>(), new LowerCaseEnumConverter<ChangeAction>() },
    });
}
