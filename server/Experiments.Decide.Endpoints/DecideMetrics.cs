using System.Diagnostics.Metrics;

namespace Experiments.Decide.Endpoints;

/// <summary>What the decide role measures of its requests. One look at a field where nobody listens.</summary>
internal sealed class DecideMetrics
{
    public const string MeterName = "Experiments.Decide";

    public const string DurationName = "experiments.decide.duration";

    // A decision takes microseconds, a first request of an environment a read of the store.
    private static readonly double[] s_bounds = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.1, 1, 5];

    private readonly Histogram<double> _duration;

    public DecideMetrics(IMeterFactory? meters = null) => _duration = (meters?.Create(MeterName) ?? new Meter(MeterName)).CreateHistogram(
        DurationName, unit: "s", description: "Time from a request that was read to its answer", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_bounds });

    public bool IsOn => _duration.Enabled;

    /// <param name="environment">That was published: made-up names would each be kept for ever.</param>
    /// <param name="duration">Of deciding and writing.</param>
    public void Record(string environment, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("environment", environment));
}
