using System.Collections.Frozen;

namespace Experiments.Client.Snapshots;

/// <summary>A snapshot in memory: immutable, everything parsed and resolved.</summary>
internal sealed record CompiledSnapshot
{
    /// <summary>In <see cref="ExperimentFlags"/>: the experiment shares its key with a flag.</summary>
    public const int NotListed = -1;

    public required long Version { get; init; }

    public required string Environment { get; init; }

    public required string PublishedAt { get; init; }

    public required CompiledProgram Program { get; init; }

    /// <summary>Experiments in snapshot order, those aside that share their key with a flag; then flags in snapshot order.</summary>
    public required CompiledFlag[] Flags { get; init; }

    /// <summary>Those of each flag and experiment in a run.</summary>
    public required DecisionVariant[] Variants { get; init; }

    /// <summary>Whether it came with the program and not from the source, whose snapshots replace it whatever their version.</summary>
    public bool IsBootstrap { get; init; }

    /// <summary>By name: see <see cref="Definition"/>. Empty where nothing depends on anything.</summary>
    public required IReadOnlyDictionary<string, Definition> Definitions { get; init; }

    /// <summary>By number of the flag: all that deciding every one of them needs.</summary>
    public required FlagRow[] FlagRows { get; init; }

    /// <summary>The first flag or experiment of each key; where both have it, the flag.</summary>
    public required FrozenDictionary<string, int> FlagByKey { get; init; }

    /// <summary>The same, for decisions.</summary>
    public required FlagIndex Index { get; init; }

    /// <summary>Every experiment in snapshot order, duplicates of a key included: what <c>/decide</c> lists.</summary>
    public required FlagRow[] ExperimentRows { get; init; }

    /// <summary>Which of <see cref="Flags"/> each experiment is.</summary>
    public required int[] ExperimentFlags { get; init; }

    public required Decision FlagNotFound { get; init; }
}
