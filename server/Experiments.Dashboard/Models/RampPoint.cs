namespace Experiments.Dashboard.Models;

/// <summary>From a time on, this share is in.</summary>
/// <param name="At">When.</param>
/// <param name="Share">0 to 1.</param>
public sealed record RampPoint(DateTimeOffset At, decimal Share);
