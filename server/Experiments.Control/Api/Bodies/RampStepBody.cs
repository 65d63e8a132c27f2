namespace Experiments.Control.Api.Bodies;

/// <summary>A step of a ramp, for the API document.</summary>
/// <param name="At">From then on.</param>
/// <param name="Coverage">Share of users that are in: 0 to 1 in steps of 0.0001.</param>
internal sealed record RampStepBody(DateTimeOffset At, decimal Coverage);
