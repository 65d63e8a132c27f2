namespace Experiments.Control.Api.Responses;

/// <summary>A step of a ramp in answers.</summary>
internal sealed record RampStepResponse(DateTimeOffset At, decimal Coverage);
