using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Experiments.Client.Diagnostics;

/// <summary>The SDK's instruments. Each costs one look at a field where nobody listens to it. Made-up environments have no snapshot and
/// leave no tag: a meter keeps every one that it has seen.</summary>
internal sealed class ClientMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Experiments.Client";

    public const string PollsName = "experiments.client.polls";
    public const string DecisionsName = "experiments.client.decisions";
    public const string LoadDurationName = "experiments.client.snapshot.load.duration";
    public const string SnapshotVersionName = "experiments.client.snapshot.version";
    public const string SnapshotAgeName = "experiments.client.snapshot.age";

    private const string EnvironmentTag = "environment";

    // Seconds. Without them an exporter takes bounds that are meant for milliseconds.
    private static readonly double[] s_loadBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Counter<long> _polls;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _loadDuration;

    // By identity: two clients of one process may poll the same environment of different stores.
    private readonly ConcurrentDictionary<IObservedEnvironment, byte> _environments = new(ReferenceEqualityComparer.Instance);

    public ClientMetrics(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _polls = meter.CreateCounter<long>(PollsName, unit: "{poll}", description: "Looks at the snapshot store");
        _decisions = meter.CreateCounter<long>(DecisionsName, unit: "{decision}", description: "Decisions by key, variant and reason");
        _loadDuration = meter.CreateHistogram(
            LoadDurationName, unit: "s", description: "Time to read a snapshot into memory",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_loadBounds });
        meter.CreateObservableGauge(
            SnapshotVersionName, () => Observe(static environment => environment.Status.SnapshotVersion), description: "Version of the snapshot in memory");
        meter.CreateObservableGauge(
            SnapshotAgeName, ObserveAges, unit: "s", description: "Time since the source confirmed the snapshot in memory");
    }

    public bool CountsDecisions => _decisions.Enabled;

    /// <summary>A look at the store.</summary>
    /// <param name="environment">Null leaves the tag out.</param>
    /// <param name="result">What it came to.</param>
    public void CountPoll(string? environment, string result)
    {
        if (!_polls.Enabled)
        {
            return;
        }

        var outcome = new KeyValuePair<string, object?>("result", result);
        if (environment is null)
        {
            _polls.Add(1, outcome);
        }
        else
        {
            _polls.Add(1, outcome, new KeyValuePair<string, object?>(EnvironmentTag, environment));
        }
    }

    public void CountDecision(string environment, Decision decision)
    {
        var tags = new TagList
        {
            { EnvironmentTag, environment },
            { "key", decision.Key },
            { "variant", decision.VariantKey },
            { "reason", decision.ReasonText },
        };
        _decisions.Add(1, in tags);
    }

    public void RecordLoad(string environment, TimeSpan duration)
    {
        if (_loadDuration.Enabled)
        {
            _loadDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(EnvironmentTag, environment));
        }
    }

    /// <summary>Reports version and age until <see cref="Remove"/>.</summary>
    public void Add(IObservedEnvironment environment) => _environments.TryAdd(environment, 0);

    public void Remove(IObservedEnvironment environment) => _environments.TryRemove(environment, out _);

    private IEnumerable<Measurement<long>> Observe(Func<IObservedEnvironment, long> read) => _environments.Keys
        .Where(static environment => environment.Status.Readiness != DeciderReadiness.NotReady)
        .Select(environment => new Measurement<long>(read(environment), new KeyValuePair<string, object?>(EnvironmentTag, environment.Environment)));

    private IEnumerable<Measurement<double>> ObserveAges()
    {
        foreach (IObservedEnvironment environment in _environments.Keys)
        {
            if (environment.Status.Age is { } age)
            {
                yield return new Measurement<double>(
                    age.TotalSeconds, new KeyValuePair<string, object?>(EnvironmentTag, environment.Environment));
            }
        }
    }
}
