namespace Experiments.Control.Api.Responses;

/// <summary>That the control server answers.</summary>
internal sealed record HealthResponse(string Status);
