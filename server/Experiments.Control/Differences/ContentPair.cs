using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>Two contents and which of their resources are the same: by id, else by key or name.</summary>
internal sealed class ContentPair(EnvironmentContent before, EnvironmentContent after)
{
    public ContentNames BeforeNames { get; } = new(before);

    public ContentNames AfterNames { get; } = new(after);

    public Pairing<AudienceDefinition> Audiences { get; } = Paired(before.Audiences, after.Audiences, static audience => audience.Name);

    public Pairing<ExperimentDefinition> Experiments { get; } =
        Paired(before.Experiments, after.Experiments, static experiment => experiment.Key);

    public Pairing<FlagDefinition> Flags { get; } = Paired(before.Flags, after.Flags, static flag => flag.Key);

    public Pairing<LayerDefinition> Layers { get; } = Paired(before.Layers, after.Layers, static layer => layer.Name);

    public Pairing<HoldoutDefinition> Holdouts { get; } = Paired(before.Holdouts, after.Holdouts, static holdout => holdout.Name);

    private static Pairing<T> Paired<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> keyOf)
        where T : IDefinition => new Pairing<T>(before, after, static definition => definition.Id).PairBy(keyOf, keyOf);
}
