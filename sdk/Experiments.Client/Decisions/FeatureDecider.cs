using System.Text.Json.Serialization.Metadata;
using Experiments.Client.Diagnostics;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Decides from whatever snapshot is in memory at the time of the call.</summary>
internal sealed class FeatureDecider(
    string environment,
    SnapshotHolder snapshots,
    DecisionSurroundings surroundings,
    ChangeListeners? listeners = null,
    ClientMetrics? metrics = null) : IFeatureDecider, IObservedEnvironment
{
    public string Environment => environment;

    public long SnapshotVersion => snapshots.Current?.Version ?? 0;

    /// <summary>Knows how the source does; null where there is none.</summary>
    public Func<DeciderStatus>? ReadStatus { get; init; }

    public DeciderStatus Status => ReadStatus?.Invoke() ?? new DeciderStatus
    {
        Readiness = snapshots.Current is null ? DeciderReadiness.NotReady : DeciderReadiness.Ready,
        SnapshotVersion = SnapshotVersion,
    };

    public int Count => snapshots.Current?.Flags.Length ?? 0;

    public Decision Decide(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, new SpanAttributes(attributes));

    public Decision Decide(string key, string userKey, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Decide(key, userKey, new ContextAttributes(context));
    }

    public int DecideAll(string userKey, Span<Decision> decisions, ReadOnlySpan<ContextAttribute> attributes = default) =>
        DecideAll(userKey, decisions, new SpanAttributes(attributes));

    public int DecideAll(string userKey, Span<Decision> decisions, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return DecideAll(userKey, decisions, new ContextAttributes(context));
    }

    public bool IsOn(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).IsOn;

    public bool IsOn(string key, string userKey, DecisionContext context) => Decide(key, userKey, context).IsOn;

    public bool Value(string key, string userKey, bool fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).ReadBoolean(fallback);

    public double Value(string key, string userKey, double fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).ReadNumber(fallback);

    public string Value(string key, string userKey, string fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).ReadText(fallback);

    public T Value<T>(
        string key, string userKey, T fallback, JsonTypeInfo<T> type, ReadOnlySpan<ContextAttribute> attributes = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Decide(key, userKey, attributes).ReadJson(fallback, type);
    }

    public Explanation Explain(string key, string userKey, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Explain(key, userKey, new SpanAttributes(attributes));

    public Explanation Explain(string key, string userKey, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Explain(key, userKey, new ContextAttributes(context));
    }

    public IDisposable OnChange(Action<SnapshotChange> listener) =>
        (listeners ?? throw new NotSupportedException("This decider's snapshot never changes.")).Add(listener);

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => snapshots.Ready.WaitAsync(cancellationToken);

    private Decision Decide<TAttributes>(string key, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(userKey);
        if (snapshots.Current is not { } snapshot)
        {
            return Decision.NotReady;
        }

        Decision decision = snapshot.Index.TryGetValue(key, out int flag)
            ? Evaluator.Decide(snapshot, flag, surroundings, userKey, in attributes)
            : snapshot.FlagNotFound;
        if (metrics is { CountsDecisions: true })
        {
            metrics.CountDecision(environment, decision);
        }

        return decision;
    }

    private Explanation Explain<TAttributes>(string key, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(userKey);
        CompiledSnapshot? snapshot = snapshots.Current;
        if (snapshot is null || !snapshot.FlagByKey.TryGetValue(key, out int flag))
        {
            return new Explanation { Decision = snapshot?.FlagNotFound ?? Decision.NotReady, Steps = [] };
        }

        return Explainer.Explain(snapshot, flag, surroundings, userKey, in attributes);
    }

    private int DecideAll<TAttributes>(string userKey, Span<Decision> decisions, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(userKey);
        if (snapshots.Current is not { } snapshot)
        {
            return 0;
        }

        int count = snapshot.Flags.Length;
        Evaluator.DecideAll(snapshot, surroundings, userKey, decisions[..Math.Min(count, decisions.Length)], in attributes);
        if (metrics is { CountsDecisions: true })
        {
            foreach (Decision decision in decisions[..Math.Min(count, decisions.Length)])
            {
                metrics.CountDecision(environment, decision);
            }
        }

        return count;
    }
}
