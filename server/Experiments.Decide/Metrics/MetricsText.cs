using System.Globalization;
using System.Text;

namespace Experiments.Decide.Metrics;

/// <summary>Prometheus's text format.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    // Of this program's own metrics as a whole. It has no label, so that it cannot be dropped itself.
    private const string Dropped = "experiments_metrics_dropped_total";

    /// <summary>All that have a value, and how many measurements were dropped.</summary>
    public static string Of(IReadOnlyCollection<Metric> metrics)
    {
        StringBuilder text = new();

        // Two meters of one name, such as those of two hosts in a process, are one metric.
        foreach (IGrouping<string, Metric> metric in metrics.Where(static one => one.Series.Count > 0).GroupBy(static one => one.Name, StringComparer.Ordinal))
        {
            Metric first = metric.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {first.Name} {Escape(first.Help, isLabel: false)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {first.Name} {(first.Kind == MetricKind.Counter ? "counter" : first.Kind == MetricKind.Gauge ? "gauge" : "histogram")}\n");
            foreach (MetricSeries series in metric.Where(one => one.Kind == first.Kind).SelectMany(static one => one.Series))
            {
                if (first.Kind == MetricKind.Histogram)
                {
                    AppendHistogram(text, first, series);
                }
                else
                {
                    Append(text, first.Name, series, bound: null, series.Sum);
                }
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"# HELP {Dropped} Measurements that were not kept because their metric has too many combinations of labels\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {Dropped} counter\n{Dropped} {metrics.Sum(static metric => metric.Dropped)}\n");
        return text.ToString();
    }

    private static void AppendHistogram(StringBuilder text, Metric metric, MetricSeries series)
    {
        long count = 0;
        foreach ((int bucket, long inBucket) in series.ReadCounts().Index())
        {
            count += inBucket;
            Append(text, metric.Name + "_bucket", series, bucket < metric.Bounds.Length ? Number(metric.Bounds[bucket]) : "+Inf", count);
        }

        Append(text, metric.Name + "_sum", series, bound: null, series.Sum);
        Append(text, metric.Name + "_count", series, bound: null, count);
    }

    private static void Append(StringBuilder text, string name, MetricSeries series, string? bound, double value)
    {
        text.Append(name);
        string labels = string.Join(',', series.Labels
            .Select(static label => $"{MetricNames.Plain(label.Key)}=\"{Escape(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "", isLabel: true)}\"")
            .Concat(bound is null ? [] : [$"le=\"{bound}\""]));
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text, bool isLabel)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
