using System.Diagnostics.Metrics;

namespace Experiments.Decide.Metrics;

/// <summary>An instrument and all that was recorded by it. Any number of threads may record.</summary>
internal sealed class Metric(Instrument instrument)
{
    // More come only from labels that callers can make up, and those must not fill the memory.
    private const int MaxSeries = 2000;

    // In seconds, for a histogram that does not say: from a tenth of a millisecond to ten seconds.
    private static readonly double[] s_bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private volatile MetricSeries[] _series = [];

    public string Name { get; } = MetricNames.Of(instrument);

    public string Help { get; } = instrument.Description ?? "";

    public MetricKind Kind { get; } = KindOf(instrument);

    public bool IsObservable { get; } = instrument.IsObservable;

    /// <summary>Of a histogram, ascending.</summary>
    public double[] Bounds { get; } = KindOf(instrument) != MetricKind.Histogram ? []
        : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { Count: > 0 } bounds ? [.. bounds] : s_bounds;

    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>Before what is observable is read anew: what is gone is not shown for ever.</summary>
    public void Forget() => _series = [];

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (SeriesOf(labels) is not { } series)
        {
            return;
        }

        if (IsObservable)
        {
            series.Set(value);
        }
        else if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private MetricSeries? SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        MetricSeries[] known = _series;
        return Find(known, labels) ?? (known.Length < MaxSeries ? Add(labels) : null);
    }

    private static MetricSeries? Find(MetricSeries[] known, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (MetricSeries series in known)
        {
            if (series.Is(labels))
            {
                return series;
            }
        }

        return null;
    }

    private MetricSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (_lock)
        {
            if (Find(_series, labels) is { } added)
            {
                return added;
            }

            MetricSeries series = new(labels, Bounds);
            _series = [.. _series, series];
            return series;
        }
    }

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double> => MetricKind.Counter,
        Histogram<double> or Histogram<long> or Histogram<int> => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };
}
