namespace Experiments.Client.Sources;

/// <summary>How long to wait between polls.</summary>
internal sealed class PollSchedule(TimeSpan interval, Random random)
{
    // A store that is down needs no help from its readers; but readers must notice soon that it is back.
    private const int MaxBackOffFactor = 4;

    private const double JitterShare = 0.1;

    public TimeSpan Interval => interval;

    /// <summary>The interval, doubled for each failure in a row up to four times, and shifted by up to 10 %.</summary>
    public TimeSpan Next(int failures)
    {
        int factor = Math.Min(MaxBackOffFactor, 1 << Math.Min(failures, MaxBackOffFactor));
        double jitter = 1 + (JitterShare * ((2 * random.NextDouble()) - 1));
        return interval * (factor * jitter);
    }
}
