namespace Experiments.Decide.Metrics;

/// <summary>As Prometheus names them.</summary>
internal enum MetricKind
{
    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>It is what it is now.</summary>
    Gauge,

    /// <summary>How many were at most so large.</summary>
    Histogram,
}
