namespace Experiments.Gateway.Health;

/// <summary>The answer of <c>/health</c>.</summary>
internal sealed record HealthDocument(string Status, ServicesDocument Services);
