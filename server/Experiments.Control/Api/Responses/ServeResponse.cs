using System.Text.Json.Serialization;

namespace Experiments.Control.Api.Responses;

/// <summary>What a rule serves: one of the three; a variant that is null is the caller's fallback.</summary>
internal sealed record ServeResponse
{
    public string? Variant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ExperimentId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RuleSplitResponse? Split { get; init; }
}
