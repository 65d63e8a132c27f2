namespace Experiments.Client.Sources;

/// <summary>How long to wait between polls, and for a store that says nothing.</summary>
internal sealed class PollSchedule(TimeSpan interval, Random random)
{
    private const double JitterShare = 0.1;

    // After failures the waits grow from a quarter of the interval to all of it and no further: readers must see that the store is back
    // within one interval, and a store that is down is asked no more often than one that works.
    private const double FirstRetryShare = 0.25;
    private const int MaxDoublings = 2;

    private static readonly TimeSpan MinAnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxAnswerTimeout = TimeSpan.FromSeconds(10);

    public TimeSpan Interval => interval;

    /// <summary>How long a store may say nothing. One interval, so that a connection that died in silence costs no second one; but cold
    /// connections and credentials take seconds, however short the interval.</summary>
    public TimeSpan AnswerTimeout { get; } = TimeSpan.FromTicks(
        Math.Clamp(interval.Ticks, MinAnswerTimeout.Ticks, MaxAnswerTimeout.Ticks));

    /// <summary>The interval, shifted by up to 10 %. After failures a quarter, half, then all of the interval, less up to 20 %, counted
    /// from the start of the failed poll.</summary>
    /// <param name="failures">Polls in a row that failed.</param>
    /// <param name="spent">What the last poll took.</param>
    public TimeSpan Next(int failures, TimeSpan spent)
    {
        if (failures == 0)
        {
            return interval * (1 + (JitterShare * ((2 * random.NextDouble()) - 1)));
        }

        double share = FirstRetryShare * (1 << Math.Min(failures - 1, MaxDoublings));
        TimeSpan wait = (interval * (share * (1 - (2 * JitterShare * random.NextDouble())))) - spent;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
