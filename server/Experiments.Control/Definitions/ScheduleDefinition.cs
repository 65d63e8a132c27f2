namespace Experiments.Control.Definitions;

/// <summary>From when until when, by the time of each decision; what is null has no end.</summary>
internal sealed record ScheduleDefinition
{
    public DateTimeOffset? From { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? Until { get; init; }
}
