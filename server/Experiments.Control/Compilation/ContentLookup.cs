using Experiments.Control.Definitions;

namespace Experiments.Control.Compilation;

/// <summary>What the definitions of an environment name, by id.</summary>
internal sealed class ContentLookup(EnvironmentContent content)
{
    private readonly Dictionary<Guid, AudienceDefinition> _audiences = content.Audiences.ToDictionary(static audience => audience.Id);
    private readonly Dictionary<Guid, ExperimentDefinition> _experiments = content.Experiments.ToDictionary(static experiment => experiment.Id);
    private readonly Dictionary<Guid, LayerDefinition> _layers = content.Layers.ToDictionary(static layer => layer.Id);

    /// <summary>Null where none is named.</summary>
    /// <exception cref="InvalidDataException">It is named and not there: without it the rule would be open to everyone.</exception>
    public AudienceDefinition? Audience(Guid? id) => id is not { } named ? null
        : _audiences.GetValueOrDefault(named) ?? throw new InvalidDataException($"Audience {named} is used but is not in the store.");

    /// <summary>Null where none is named.</summary>
    /// <exception cref="InvalidDataException">It is named and not there.</exception>
    public LayerDefinition? Layer(Guid? id) => id is not { } named ? null
        : _layers.GetValueOrDefault(named) ?? throw new InvalidDataException($"Layer {named} is used but is not in the store.");

    /// <summary>Null where it is not running.</summary>
    public ExperimentDefinition? Running(Guid? id) => id is { } named ? _experiments.GetValueOrDefault(named) : null;
}
