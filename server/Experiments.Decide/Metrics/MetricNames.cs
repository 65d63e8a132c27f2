using System.Diagnostics.Metrics;

namespace Experiments.Decide.Metrics;

/// <summary>
/// Names as Prometheus takes them, by OpenTelemetry's rules for it, so that dashboards fit both programs: dots become underscores, the unit and,
/// for counters, <c>total</c> come last.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/</remarks>
internal static class MetricNames
{
    public static string Of(Instrument instrument)
    {
        string name = Plain(instrument.Name);
        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        bool isCounter = instrument is Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double>;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Of a label.</summary>
    public static string Plain(string name) =>
        string.Create(name.Length, name, static (plain, given) =>
        {
            for (int i = 0; i < plain.Length; i++)
            {
                plain[i] = char.IsAsciiLetterOrDigit(given[i]) ? given[i] : '_';
            }
        });
}
