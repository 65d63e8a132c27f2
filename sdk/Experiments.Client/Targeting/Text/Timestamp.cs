namespace Experiments.Client.Targeting.Text;

/// <summary>
/// Points in time as RFC 3339 writes them (https://www.rfc-editor.org/rfc/rfc3339#section-5.6), without the limits of
/// <see cref="DateTimeOffset"/>: the year 0000, any offset up to 23:59, any number of fraction digits and leap seconds.
/// </summary>
internal static class Timestamp
{
    // "2024-02-29T12:34:56" and at least "Z".
    private const int FractionStart = 19;
    private const int OffsetLength = 6;

    private const int MinutesPerHour = 60;
    private const int SecondsPerMinute = 60;
    private const int SecondsPerDay = 86_400;
    private const int MsPerSecond = 1_000;
    private const int DaysPerYear = 365;
    private const int YearsPerCycle = 400;
    private const int DaysPerCycle = 146_097;

    // From 0000-03-01 to 1970-01-01.
    private const int EpochDays = 719_468;

    // A double holds no more digits than this.
    private const int MaxDigits = 15;

    /// <summary>Takes a date, a time and an offset or Z, all of them needed. T and Z may be small, and T a space.</summary>
    /// <param name="text">Nothing else in it.</param>
    /// <param name="instant">The point in time.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Instant instant)
    {
        instant = Instant.None;
        if (text.Length <= FractionStart || text[10] is not ('T' or 't' or ' ')
            || !TryParseDate(text[..10], out int days)
            || !TryParseTime(text[11..FractionStart], out int secondOfDay))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[FractionStart..];
        if (!TryTakeFraction(ref rest, out int ms, out double fraction) || !TryParseOffset(rest, out int offsetMinutes))
        {
            return false;
        }

        long unixSeconds = ((long)days * SecondsPerDay) + secondOfDay - (offsetMinutes * SecondsPerMinute);
        if (text[17] == '6')
        {
            // Second 60 was counted as the next minute's first; it exists in the last minute of a UTC day only. All of it is the start
            // of the next second: with its fraction it would come after what follows it.
            ms = 0;
            fraction = 0;
            if (unixSeconds % SecondsPerDay != 0)
            {
                return false;
            }
        }

        instant = new Instant((unixSeconds * MsPerSecond) + ms, fraction);
        return true;
    }

    private static bool TryParseDate(ReadOnlySpan<char> text, out int days)
    {
        days = 0;
        if (text[4] != '-' || text[7] != '-'
            || !TryParseNumber(text[..4], 0, 9999, out int year)
            || !TryParseNumber(text.Slice(5, 2), 1, 12, out int month)
            || !TryParseNumber(text.Slice(8, 2), 1, DaysIn(year, month), out int day))
        {
            return false;
        }

        // Years that start in March end with the leap day, if there is one. Year 0000's January belongs to a year -1, so all are
        // shifted by one cycle of the calendar and nothing below is negative.
        int shifted = year + (month <= 2 ? -1 : 0) + YearsPerCycle;
        int monthsSinceMarch = (month + 9) % 12;
        int dayOfYear = (((153 * monthsSinceMarch) + 2) / 5) + day - 1;
        days = (shifted * DaysPerYear) + (shifted / 4) - (shifted / 100) + (shifted / YearsPerCycle) + dayOfYear - EpochDays - DaysPerCycle;
        return true;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool TryParseTime(ReadOnlySpan<char> text, out int secondOfDay)
    {
        secondOfDay = 0;
        if (text[2] != ':' || text[5] != ':'
            || !TryParseNumber(text[..2], 0, 23, out int hour)
            || !TryParseNumber(text.Slice(3, 2), 0, 59, out int minute)
            || !TryParseNumber(text.Slice(6, 2), 0, 60, out int second))
        {
            return false;
        }

        secondOfDay = (((hour * MinutesPerHour) + minute) * SecondsPerMinute) + second;
        return true;
    }

    /// <summary>A dot and at least one digit, or nothing.</summary>
    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out int ms, out double fraction)
    {
        ms = 0;
        fraction = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        int end = 1 + DecimalText.LeadingDigits(rest[1..]);
        if (end == 1)
        {
            return false;
        }

        // Whole milliseconds are exact; what is below is rounded once.
        long digits = 0;
        long scale = 1;
        foreach (char digit in rest[1..Math.Min(end, MaxDigits + 1)])
        {
            digits = (digits * 10) + (digit - '0');
            scale *= 10;
        }

        if (scale <= MsPerSecond)
        {
            ms = (int)(digits * (MsPerSecond / scale));
        }
        else
        {
            long perMs = scale / MsPerSecond;
            ms = (int)(digits / perMs);
            fraction = digits % perMs / (double)perMs;
        }

        rest = rest[end..];
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int offsetMinutes)
    {
        offsetMinutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != OffsetLength || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryParseNumber(text.Slice(1, 2), 0, 23, out int hours)
            || !TryParseNumber(text.Slice(4, 2), 0, 59, out int minutes))
        {
            return false;
        }

        offsetMinutes = (text[0] == '-' ? -1 : 1) * ((hours * MinutesPerHour) + minutes);
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> digits, int min, int max, out int number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return number >= min && number <= max;
    }
}
