namespace Experiments.Control.Definitions;

/// <summary>Everything of an environment that a snapshot is compiled from, at one moment; lists are in insertion order.</summary>
internal sealed record EnvironmentContent
{
    public IReadOnlyList<AudienceDefinition> Audiences { get; init; } = [];

    /// <summary>The running ones.</summary>
    public IReadOnlyList<ExperimentDefinition> Experiments { get; init; } = [];

    /// <summary>Those that are not archived.</summary>
    public IReadOnlyList<FlagDefinition> Flags { get; init; } = [];

    public IReadOnlyList<LayerDefinition> Layers { get; init; } = [];

    public IReadOnlyList<HoldoutDefinition> Holdouts { get; init; } = [];
}
