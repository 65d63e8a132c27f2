using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Times and schedules in sentences.</summary>
internal static class ScheduleText
{
    public static string Of(ScheduleDefinition? schedule) => (schedule?.From, schedule?.Until) switch
    {
        (null, null) => "always",
        ({ } from, null) => $"from {Of(from)}",
        (null, { } until) => $"until {Of(until)}",
        ({ } from, { } until) => $"from {Of(from)} until {Of(until)}",
    };

    /// <summary>In UTC; seconds only where there are any.</summary>
    public static string Of(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        string format = (utc.Second, utc.Ticks % TimeSpan.TicksPerSecond) switch
        {
            (0, 0) => "yyyy-MM-dd HH:mm 'UTC'",
            (_, 0) => "yyyy-MM-dd HH:mm:ss 'UTC'",
            _ => "yyyy-MM-dd HH:mm:ss.fff 'UTC'",
        };
        return utc.ToString(format);
    }
}
