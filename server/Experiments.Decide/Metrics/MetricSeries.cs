namespace Experiments.Decide.Metrics;

/// <summary>One combination of labels of a metric, and its value. Any number of threads may record.</summary>
internal sealed class MetricSeries
{
    private readonly KeyValuePair<string, object?>[] _labels;
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    /// <param name="labels">What it is told from others by; not changed any more.</param>
    /// <param name="bounds">Of a histogram, ascending; empty for the rest.</param>
    public MetricSeries(KeyValuePair<string, object?>[] labels, double[] bounds)
    {
        _labels = labels;
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Labels => _labels;

    /// <summary>Of all that was recorded; what was set last, where it was set.</summary>
    public double Sum => Volatile.Read(ref _sum);

    public void Set(double value) => Volatile.Write(ref _sum, value);

    /// <summary>Adds to a counter.</summary>
    public void Add(double value)
    {
        double seen = Volatile.Read(ref _sum);
        while (Interlocked.CompareExchange(ref _sum, seen + value, seen) is var now && !now.Equals(seen))
        {
            seen = now;
        }
    }

    /// <summary>Adds to a histogram.</summary>
    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Add(value);
    }

    /// <summary>How many were in each bucket, and above the last bound.</summary>
    public IReadOnlyList<long> ReadCounts() => [.. Enumerable.Range(0, _counts.Length).Select(bucket => Volatile.Read(ref _counts[bucket]))];
}
