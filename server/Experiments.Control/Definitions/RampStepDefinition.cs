namespace Experiments.Control.Definitions;

/// <summary>From a time on, so many buckets are in.</summary>
internal sealed record RampStepDefinition
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Buckets, 0 to 10,000.</summary>
    public required int Coverage { get; init; }
}
