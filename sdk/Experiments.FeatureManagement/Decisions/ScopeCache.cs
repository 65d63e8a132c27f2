using System.Collections.Concurrent;
using Experiments.Client;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Decisions;

/// <summary>
/// What the snapshot interfaces of one scope have answered. Threads that ask at the same time may decide twice, but all get the answer
/// that was stored first; so no answer depends on another caller's cancellation.
/// </summary>
internal sealed class ScopeCache
{
    private volatile IReadOnlyList<string>? _featureNames;

    /// <summary>One decision for both whether a feature is enabled and its variant: the two come from one snapshot.</summary>
    public ConcurrentDictionary<FeatureCall, Decision> Decisions { get; } = new();

    public ConcurrentDictionary<FeatureCall, bool> Enabled { get; } = new();

    public ConcurrentDictionary<FeatureCall, Variant?> Variants { get; } = new();

    public IReadOnlyList<string>? FeatureNames
    {
        get => _featureNames;
        set => _featureNames = value;
    }
}
