using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Client.Tests.Reference;

/// <summary>RFC 3339 times. No leap seconds, and only <c>T</c> between date and time.</summary>
internal static partial class Rfc3339
{
    private const decimal UnixEpochTicks = 621_355_968_000_000_000m;

    /// <summary>Milliseconds since 1970, exact to all digits that a decimal holds; null where the text is no RFC 3339 time.</summary>
    public static decimal? UnixMs(string text)
    {
        Match match = Format().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int year = Number(match, "year");
        int month = Number(match, "month");
        int day = Number(match, "day");
        int hour = Number(match, "hour");
        int minute = Number(match, "minute");
        int second = Number(match, "second");
        int offsetHour = match.Groups["offset"].Success ? Number(match, "offsetHour") : 0;
        int offsetMinute = match.Groups["offset"].Success ? Number(match, "offsetMinute") : 0;
        bool inRange = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour <= 23 && minute <= 59 && second <= 59 && offsetHour <= 23 && offsetMinute <= 59;
        if (!inRange)
        {
            return null;
        }

        decimal days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        decimal fraction = match.Groups["fraction"].Success
            ? decimal.Parse("0" + match.Groups["fraction"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;
        decimal offsetMinutes = (offsetHour * 60) + offsetMinute;
        decimal sign = match.Groups["sign"].Value == "-" ? -1 : 1;
        decimal seconds = (days * 86_400) + (hour * 3_600) + (minute * 60) + second + fraction - (sign * offsetMinutes * 60);
        return seconds * 1_000;
    }

    public static decimal UnixMs(DateTimeOffset time) => (time.UtcTicks - UnixEpochTicks) / 10_000;

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})[Tt](?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
        + @"(?<fraction>\.[0-9]+)?([Zz]|(?<offset>(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2})))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Format();
}
