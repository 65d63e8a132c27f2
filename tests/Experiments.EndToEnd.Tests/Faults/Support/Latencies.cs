namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>How long things took, in classes that are 2 % wide: quantiles are that exact, and a million values take no more room than one.
/// Thread-safe.</summary>
internal sealed class Latencies
{
    private const double ClassWidth = 1.02;

    // The last one begins at about 10 minutes, in microseconds.
    private const int Classes = 1024;

    private readonly long[] _counts = new long[Classes];
    private long _slowestTicks;

    public long Count => _counts.Sum();

    public TimeSpan Slowest => TimeSpan.FromTicks(Volatile.Read(ref _slowestTicks));

    public void Add(TimeSpan time)
    {
        double microseconds = Math.Max(1, time.TotalMicroseconds);
        Interlocked.Increment(ref _counts[Math.Min(Classes - 1, (int)Math.Log(microseconds, ClassWidth))]);
        for (long slowest = _slowestTicks; time.Ticks > slowest; slowest = Volatile.Read(ref _slowestTicks))
        {
            Interlocked.CompareExchange(ref _slowestTicks, time.Ticks, slowest);
        }
    }

    /// <summary>The upper end of the class that holds the quantile, or what was slowest; zero where there is nothing.</summary>
    /// <param name="share">0 to 1, for example 0.99.</param>
    public TimeSpan Quantile(double share)
    {
        long rank = (long)Math.Ceiling(Count * share);
        for (int i = 0; i < Classes && rank > 0; i++)
        {
            rank -= _counts[i];
            if (rank <= 0)
            {
                var end = TimeSpan.FromMicroseconds(Math.Pow(ClassWidth, i + 1));
                return end < Slowest ? end : Slowest;
            }
        }

        return TimeSpan.Zero;
    }
}
