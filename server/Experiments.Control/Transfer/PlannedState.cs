using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>The definitions of an environment as a document makes them, before any is stored.</summary>
internal sealed class PlannedState(EnvironmentState before)
{
    public EnvironmentState Before { get; } = before;

    public Guid EnvironmentId => Before.Environment.Id;

    public PlannedSet<AudienceDefinition> Audiences { get; } = new(before.Audiences);

    public PlannedSet<LayerDefinition> Layers { get; } = new(before.Layers);

    public PlannedSet<HoldoutDefinition> Holdouts { get; } = new(before.Holdouts);

    public PlannedSet<ExperimentDefinition> Experiments { get; } = new(before.Experiments);

    public PlannedSet<FlagDefinition> Flags { get; } = new(before.Flags);

    public PlannedSet<T> SetOf<T>()
        where T : class, IDefinition => new object[] { Audiences, Layers, Holdouts, Experiments, Flags }.OfType<PlannedSet<T>>().Single();

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
