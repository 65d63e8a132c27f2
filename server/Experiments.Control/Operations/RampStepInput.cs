using Experiments.Control.Splits;

namespace Experiments.Control.Operations;

/// <summary>From a time on, this share of users is in.</summary>
internal sealed record RampStepInput(DateTimeOffset At, Coverage Coverage);
