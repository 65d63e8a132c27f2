using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Decides from whatever snapshot is in memory at the time of the call.</summary>
internal sealed class FeatureDecider(string environment, SnapshotHolder snapshots, DecisionSurroundings surroundings) : IFeatureDecider
{
    public string Environment => environment;

    public long SnapshotVersion => snapshots.Current?.Version ?? 0;

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

    public bool Value(string key, string userKey, bool fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).Variant?.Kind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => fallback,
        };

    public double Value(string key, string userKey, double fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).Variant is { Kind: JsonValueKind.Number } variant ? variant.Number : fallback;

    public string Value(string key, string userKey, string fallback, ReadOnlySpan<ContextAttribute> attributes = default) =>
        Decide(key, userKey, attributes).Variant?.Text ?? fallback;

    public T Value<T>(
        string key, string userKey, T fallback, JsonTypeInfo<T> type, ReadOnlySpan<ContextAttribute> attributes = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Decide(key, userKey, attributes).Variant?.PayloadUtf8 is not { } payload)
        {
            return fallback;
        }

        try
        {
            return JsonSerializer.Deserialize(payload, type) ?? fallback;
        }
#pragma warning disable CA1031 // Deciding never throws because of data, and a setter or converter of the caller's may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return fallback;
        }
    }

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

        return snapshot.FlagByKey.TryGetValue(key, out int flag)
            ? Evaluator.Decide(snapshot, flag, surroundings, userKey, in attributes)
            : snapshot.FlagNotFound;
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
        return count;
    }
}
