using System.Collections.Concurrent;
using Experiments.Client.Decisions;

namespace Experiments.Client.Tests.Faults;

/// <summary>What each version that may be in memory decides: of snapshots loaded here, past every store and poller.</summary>
internal sealed class ExpectedDecisions(string environment)
{
    private readonly ConcurrentDictionary<long, string?[]> _variants = new();

    public static IReadOnlyList<string> Users { get; } = [.. Enumerable.Range(0, 16).Select(i => $"user-{i}")];

    /// <summary>From now on this version may be seen.</summary>
    public void Allow(long version)
    {
        FeatureDecider decider = Deciders.From(FaultSnapshots.Of(version, environment), environment, version);
        _variants[version] = [.. Users.SelectMany(user => FaultSnapshots.Keys.Select(key => decider.Decide(key, user).VariantKey))];
    }

    /// <returns>Null where the decision is right.</returns>
    public string? Check(Decision decision, int user, int flag)
    {
        if (!_variants.TryGetValue(decision.SnapshotVersion, out string?[]? variants))
        {
            return $"version {decision.SnapshotVersion} must not be in memory: {decision}";
        }

        string? expected = variants[(user * FaultSnapshots.Flags) + flag];
        return decision.VariantKey == expected && decision.Key == FaultSnapshots.Keys[flag] && decision.Reason == DecisionReason.Split
            ? null
            : $"expected {expected}, was {decision}";
    }
}
