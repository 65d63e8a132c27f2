using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Experiments.Decide.Metrics;

/// <summary>An instrument and all that was recorded by it. Any number of threads may record.</summary>
internal sealed class Metric
{
    // More come only from labels that callers can make up, and those must not fill the memory.
    private const int MaxSeries = 2000;

    // In seconds, for a histogram that does not say: from a tenth of a millisecond to ten seconds.
    private static readonly double[] s_bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byLabels = new(MetricLabels.Comparer);

    // Of the same: finds by what is recorded, without an array of it.
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _find;

    // In the order in which they came, which is the one that they are shown in.
    private volatile MetricSeries[] _series = [];
    private long _dropped;

    public Metric(Instrument instrument)
    {
        Name = MetricNames.Of(instrument);
        Help = instrument.Description ?? "";
        Kind = KindOf(instrument);
        IsObservable = instrument.IsObservable;
        Bounds = Kind != MetricKind.Histogram ? []
            : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { Count: > 0 } bounds ? [.. bounds] : s_bounds;
        _find = _byLabels.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    /// <summary>Of a histogram, ascending.</summary>
    public double[] Bounds { get; }

    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>How many measurements were not kept, since the start, because there were too many series.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Before what is observable is read anew: what is gone is not shown for ever.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _byLabels.Clear();
            _series = [];
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (SeriesOf(labels) is not { } series)
        {
            Interlocked.Increment(ref _dropped);
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

    /// <summary>Null where there are as many as may be.</summary>
    private MetricSeries? SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> labels) => _find.TryGetValue(labels, out MetricSeries? known) ? known : Add(labels);

    private MetricSeries? Add(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        // Before the lock, for what is dropped comes with every request then.
        if (_series.Length >= MaxSeries)
        {
            return null;
        }

        lock (_lock)
        {
            if (_find.TryGetValue(labels, out MetricSeries? added))
            {
                return added;
            }

            if (_series.Length >= MaxSeries)
            {
                return null;
            }

            KeyValuePair<string, object?>[] kept = [.. labels];
            MetricSeries series = new(kept, Bounds);
            _byLabels[kept] = series;
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
