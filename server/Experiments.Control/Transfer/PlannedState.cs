using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>The definitions of an environment as a document makes them, before any is stored.</summary>
internal sealed class PlannedState(EnvironmentState before)
{
    public EnvironmentState Before { get; } = before;

    public Guid EnvironmentId => Before.Environment.Id;

    public PlannedSet<AudienceDefinition> Audiences { get; } = new(before.Audiences, static one => one.Name);

    public PlannedSet<LayerDefinition> Layers { get; } = new(before.Layers, static one => one.Name);

    public PlannedSet<HoldoutDefinition> Holdouts { get; } = new(before.Holdouts, static one => one.Name);

    public PlannedSet<ExperimentDefinition> Experiments { get; } = new(before.Experiments, static one => one.Key);

    public PlannedSet<FlagDefinition> Flags { get; } = new(before.Flags, static one => one.Key);

    public EnvironmentContent Content => new()
    {
        Audiences = Audiences.All,
        Experiments = Experiments.All,
        Flags = Flags.All,
        Layers = Layers.All,
        Holdouts = Holdouts.All,
    };

    /// <param name="path">Of what names it.</param>
    /// <param name="name">Null is none.</param>
    public Guid? AudienceOf(string path, string? name) => name is null ? null : Audiences.Find(name)?.Id
        ?? throw TransferRefusedException.Invalid($"{path}.audience", $"names audience \"{name}\", which is neither in the document nor in the environment");

    /// <inheritdoc cref="AudienceOf"/>
    public LayerDefinition? LayerOf(string path, string? name) => name is null ? null : Layers.Find(name)
        ?? throw TransferRefusedException.Invalid($"{path}.layer", $"names layer \"{name}\", which is neither in the document nor in the environment");
}
