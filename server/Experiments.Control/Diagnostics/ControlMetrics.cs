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

    private readonly Histogram<double> _publishDuration;
    private readonly Histogram<double> _storeDuration;

    public ControlMetrics(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(Name) ?? new Meter(Name);
        _publishDuration = meter.CreateHistogram<double>(PublishDurationName, unit: "s", description: "Time of an attempt to publish, by what came of it");
        _storeDuration = meter.CreateHistogram<double>(StoreDurationName, unit: "s", description: "Time of a transaction of the definition store, waiting for its turn included");
    }

    public static ActivitySource Activities { get; } = new(Name);

    public void RecordPublish(Guid environmentId, string outcome, TimeSpan duration) => _publishDuration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("environment_id", environmentId), new KeyValuePair<string, object?>("outcome", outcome));

    public void RecordStore(string operation, bool isSuccess, TimeSpan duration) => _storeDuration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", isSuccess ? "ok" : "failed"));
}
