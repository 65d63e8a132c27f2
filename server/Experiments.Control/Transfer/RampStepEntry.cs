namespace Experiments.Control.Transfer;

/// <summary>A step of a ramp in a document.</summary>
internal sealed record RampStepEntry(DateTimeOffset At, decimal Coverage);
