using System.Diagnostics.Metrics;
using Experiments.Client;

namespace Experiments.Decide.Endpoints.Diagnostics;

/// <summary>What the decide role measures of its requests. One look at a field where nobody listens.</summary>
internal sealed class DecideMetrics
{
    public const string MeterName = "Experiments.Decide";

    public const string DurationName = "experiments.decide.duration";

    public const string DecisionsName = "experiments.decide.decisions";

    // A decision takes microseconds, a first request of an environment a read of the store.
    private static readonly double[] s_bounds = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.1, 1, 5];

    // By the number of the reason, in the words of answers.
    private static readonly string[] s_reasons =
        ["NOT_READY", "FLAG_NOT_FOUND", "DEFAULT", "SPLIT", "STATIC", "TARGETING_MATCH", "DISABLED", "OVERRIDE", "ERROR"];

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _decisions;

    public DecideMetrics(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _duration = meter.CreateHistogram(
            DurationName, unit: "s", description: "Time from a request that was read to its answer", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_bounds });
        _decisions = meter.CreateCounter<long>(DecisionsName, unit: "{decision}", description: "Experiments and flags that were decided, by reason");
    }

    public bool IsOn => _duration.Enabled || _decisions.Enabled;

    /// <param name="environment">That was published: made-up names would each be kept for ever.</param>
    /// <param name="duration">Of deciding and writing.</param>
    public void Record(string environment, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("environment", environment));

    /// <summary>One count for each reason of an answer, not one for each decision: an answer may hold thousands.</summary>
    /// <param name="environment">As for <see cref="Record"/>.</param>
    /// <param name="outcomes">Of the snapshot.</param>
    /// <param name="decided">The numbers of those that the answer holds.</param>
    public void Count(string environment, Decision[] outcomes, ReadOnlySpan<int> decided)
    {
        if (!_decisions.Enabled)
        {
            return;
        }

        Span<int> counts = stackalloc int[s_reasons.Length];
        foreach (int outcome in decided)
        {
            counts[(int)outcomes[outcome].Reason]++;
        }

        for (int reason = 0; reason < counts.Length; reason++)
        {
            if (counts[reason] > 0)
            {
                _decisions.Add(
                    counts[reason], new KeyValuePair<string, object?>("environment", environment), new KeyValuePair<string, object?>("reason", s_reasons[reason]));
            }
        }
    }
}
