using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots;

/// <summary>A snapshot in memory: immutable, everything parsed and resolved.</summary>
internal sealed class CompiledSnapshot
{
    private readonly FrozenDictionary<string, CompiledExperiment> _byKey;

    public CompiledSnapshot(long version, string environment, CompiledExperiment[] experiments, TargetingProgram targeting)
    {
        Version = version;
        Environment = environment;
        Experiments = experiments;
        Targeting = targeting;
        FlagNotFound = new Decision(DecisionReason.FlagNotFound, version);
        MaxSaltLength = experiments.Length == 0 ? 0 : experiments.Max(static experiment => experiment.Salt.Length);

        // Of experiments with the same key the first one answers.
        _byKey = experiments.DistinctBy(static experiment => experiment.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(static experiment => experiment.Key, StringComparer.Ordinal);
    }

    public long Version { get; }

    public string Environment { get; }

    /// <summary>In snapshot order, duplicates of a key included.</summary>
    public CompiledExperiment[] Experiments { get; }

    public TargetingProgram Targeting { get; }

    /// <summary>In bytes.</summary>
    public int MaxSaltLength { get; }

    public Decision FlagNotFound { get; }

    public bool TryFind(string key, [MaybeNullWhen(false)] out CompiledExperiment experiment) => _byKey.TryGetValue(key, out experiment);
}
