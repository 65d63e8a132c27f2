namespace Experiments.Client.Targeting.Text;

/// <summary>
/// A point in time: whole milliseconds since 1970 UTC, and the part of the next one. One double alone could not tell apart what lies within
/// a quarter of a microsecond of today. What is not a number is neither before nor after anything.
/// </summary>
internal readonly record struct Instant(double WholeMs, double Fraction)
{
    private const double TicksPerMs = TimeSpan.TicksPerMillisecond;

    public static Instant None => new(double.NaN, 0);

    /// <summary>Milliseconds since 1970, rounded to a double.</summary>
    public double UnixMs => WholeMs + Fraction;

    public static bool operator <(Instant left, Instant right) =>
        left.WholeMs < right.WholeMs || (left.WholeMs == right.WholeMs && left.Fraction < right.Fraction);

    public static bool operator >(Instant left, Instant right) => right < left;

    public static Instant FromUnixMs(double unixMs)
    {
        double whole = Math.Floor(unixMs);
        return new Instant(whole, double.IsFinite(unixMs) ? unixMs - whole : 0);
    }

    public static Instant From(DateTimeOffset time)
    {
        (long ms, long ticks) = Math.DivRem((time - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerMillisecond);
        return ticks < 0
            ? new Instant(ms - 1, (ticks + TimeSpan.TicksPerMillisecond) / TicksPerMs)
            : new Instant(ms, ticks / TicksPerMs);
    }
}
