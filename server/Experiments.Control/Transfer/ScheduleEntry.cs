namespace Experiments.Control.Transfer;

/// <summary>A schedule in a document.</summary>
internal sealed record ScheduleEntry(DateTimeOffset? From, DateTimeOffset? Until);
