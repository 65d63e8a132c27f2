using System.Diagnostics.Metrics;

namespace Experiments.Decide.Metrics;

/// <summary>
/// Keeps what the instruments of this process record, for <c>/metrics</c>. With OpenTelemetry, which the server has, this executable would be
/// 23.2 MB, and it may be 20. Thread-safe.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    // Their own, those of requests, and those of the runtime.
    private const string OwnMeters = "Experiments.";
    private static readonly string[] s_otherMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly Lock _lock = new();
    private readonly List<Metric> _metrics = [];
    private readonly MeterListener _listener = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = Enable;
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, metric) => ((Metric)metric!).Record(value, labels));
        _listener.Start();
    }

    /// <summary>All that there is now, in the text format of Prometheus (version 0.0.4).</summary>
    public string Read()
    {
        lock (_lock)
        {
            foreach (Metric metric in _metrics)
            {
                if (metric.IsObservable)
                {
                    metric.Forget();
                }
            }

            _listener.RecordObservableInstruments();
            return MetricsText.Of(_metrics);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Enable(Instrument instrument, MeterListener listener)
    {
        string meter = instrument.Meter.Name;
        if (!meter.StartsWith(OwnMeters, StringComparison.Ordinal) && !s_otherMeters.Contains(meter, StringComparer.Ordinal))
        {
            return;
        }

        Metric metric = new(instrument);
        lock (_lock)
        {
            _metrics.Add(metric);
        }

        listener.EnableMeasurementEvents(instrument, metric);
    }
}
