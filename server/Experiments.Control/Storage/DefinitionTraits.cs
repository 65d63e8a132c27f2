using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>What lists filter and order definitions of every type by.</summary>
/// <param name="Name">For people.</param>
/// <param name="Tags">None where the type has none.</param>
/// <param name="State">Place of its state in <see cref="DefinitionColumn.State"/>.</param>
/// <param name="IsArchived">Of experiments a status.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
internal readonly record struct DefinitionTraits(string Name, IReadOnlyList<string> Tags, int State, bool IsArchived, DateTimeOffset UpdatedAt)
{
    private const int On = 0;
    private const int Off = 1;
    private const int Archived = 2;

    public static DefinitionTraits Of(IDefinition definition) => definition switch
    {
        FlagDefinition flag => new(
            flag.Name, flag.Tags, flag.IsArchived ? Archived : flag.IsEnabled ? On : Off, flag.IsArchived, flag.UpdatedAt),
        ExperimentDefinition experiment => new(
            experiment.Name, experiment.Tags, (int)experiment.Status, experiment.Status == ExperimentStatus.Archived, experiment.UpdatedAt),
        AudienceDefinition audience => new(audience.Name, [], 0, IsArchived: false, audience.UpdatedAt),
        LayerDefinition layer => new(layer.Name, [], 0, IsArchived: false, layer.UpdatedAt),
        HoldoutDefinition holdout => new(holdout.Name, [], 0, IsArchived: false, holdout.UpdatedAt),
        _ => throw new ArgumentException($"{definition.GetType().Name} is in no list.", nameof(definition)),
    };
}
