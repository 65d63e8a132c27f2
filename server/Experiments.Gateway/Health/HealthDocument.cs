using System.Text.Json.Serialization;

namespace Experiments.Gateway.Health;

/// <summary>The answer of <c>/health</c>.</summary>
/// <param name="Status"><c>ok</c> or <c>degraded</c>.</param>
/// <param name="Services">How each service is.</param>
/// <param name="Problems">By environment; left out where there are none.</param>
internal sealed record HealthDocument(
    string Status,
    ServicesDocument Services,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Problems);
