using Experiments.Control.Definitions;

namespace Experiments.Control.Api.Responses;

/// <summary>A schedule in answers.</summary>
internal sealed record ScheduleResponse(DateTimeOffset? From, DateTimeOffset? Until)
{
    public static ScheduleResponse? Of(ScheduleDefinition? schedule) => schedule is null ? null : new(schedule.From, schedule.Until);
}
