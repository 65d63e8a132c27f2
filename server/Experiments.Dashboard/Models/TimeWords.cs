using System.Globalization;

namespace Experiments.Dashboard.Models;

/// <summary>Times as people say them.</summary>
internal static class TimeWords
{
    /// <summary>Such as <c>5 minutes ago</c> or <c>in 2 days</c>; days that are far away by their date.</summary>
    public static string Between(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan distance = (now - at).Duration();
        if (distance < TimeSpan.FromSeconds(10))
        {
            return "just now";
        }

        if (distance > TimeSpan.FromDays(30))
        {
            return at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        }

        string amount = Amount(distance);
        return at <= now ? $"{amount} ago" : $"in {amount}";
    }

    /// <summary>Such as <c>3 seconds ago</c>: for what is known by its age and not by its time.</summary>
    public static string Ago(TimeSpan age) => age < TimeSpan.FromSeconds(1) ? "just now" : $"{Amount(age)} ago";

    /// <summary>Such as <c>31 Dec 14:05 UTC</c>.</summary>
    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Amount(TimeSpan distance) => distance switch
    {
        { TotalSeconds: < 60 } => Count((int)distance.TotalSeconds, "second"),
        { TotalMinutes: < 60 } => Count((int)distance.TotalMinutes, "minute"),
        { TotalHours: < 24 } => Count((int)distance.TotalHours, "hour"),
        _ => Count((int)distance.TotalDays, "day"),
    };

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
