using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Experiments.Control.Diagnostics;

/// <summary>What the control role measures. Free where nobody listens.</summary>
internal sealed class ControlMetrics
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Name = "Experiments.Control";

    public const string PublishDurationName = "experiments.control.publish.duration";
    public const string StoreDurationName = "experiments.control.store.duration";

    // From a row that is in memory to a disk that hangs.
    private static readonly double[] s_storeBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // A publish ends after 5 s for whoever waits, the attempt itself when its store lets go.
    private static readonly double[] s_publishBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Histogram<double> _publishDuration;
    private readonly Histogram<double> _storeDuration;

    public ControlMetrics(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(Name) ?? new Meter(Name);
        _publishDuration = meter.CreateHistogram(
            PublishDurationName, unit: "s", description: "Time of an attempt to publish, by what came of it", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_publishBounds });
        _storeDuration = meter.CreateHistogram(
            StoreDurationName, unit: "s", description: "Time of a transaction of the definition store, waiting for its turn included",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_storeBounds });
    }

    public static ActivitySource Activities { get; } = new(Name);

    /// <param name="environment">Its name; its id where that is all that is known, because nothing could be read yet.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="duration">Waiting for others included.</param>
    public void RecordPublish(string environment, string outcome, TimeSpan duration) => _publishDuration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("environment", environment), new KeyValuePair<string, object?>("outcome", outcome));

    public void RecordStore(string operation, bool isSuccess, TimeSpan duration) => _storeDuration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", isSuccess ? "ok" : "failed"));
}
