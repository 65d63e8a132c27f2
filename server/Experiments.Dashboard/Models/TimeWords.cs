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

        string amount = distance switch
        {
            { TotalSeconds: < 60 } => Count((int)distance.TotalSeconds, "second"),
            { TotalMinutes: < 60 } => Count((int)distance.TotalMinutes, "minute"),
            { TotalHours: < 24 } => Count((int)distance.TotalHours, "hour"),
            _ => Count((int)distance.TotalDays, "day"),
        };
        return at <= now ? $"{amount} ago" : $"in {amount}";
    }

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
