using System.Text.Json.Serialization;

namespace Experiments.Gateway.Health;

/// <summary>Each <c>ok</c>, <c>unhealthy</c> or <c>unreachable</c>. The names are the older platform's: control and decide.</summary>
internal sealed record ServicesDocument(
    [property: JsonPropertyName("experiment_service")] string Control,
    [property: JsonPropertyName("decision_service")] string Decide);
