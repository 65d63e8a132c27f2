using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Which definitions of a list, and in which order; what is null lets everything pass.</summary>
internal sealed record DefinitionFilter
{
    public Guid? EnvironmentId { get; init; }

    /// <summary>Only experiments have one.</summary>
    public ExperimentStatus? Status { get; init; }

    /// <summary>One that they have.</summary>
    public string? Tag { get; init; }

    /// <summary>Part of their key or name, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Whether they are: of experiments a status.</summary>
    public bool? IsArchived { get; init; }

    /// <summary>Newest first where nothing else is said.</summary>
    public DefinitionOrder Order { get; init; } = DefinitionOrder.Newest;

    /// <summary>Whether it asks for more than environment and status, newest first.</summary>
    public bool IsNarrow => Tag is not null || Search is not null || IsArchived is not null || Order != DefinitionOrder.Newest;

    public bool Holds(IDefinition definition)
    {
        var traits = DefinitionTraits.Of(definition);
        return (EnvironmentId is null || definition.EnvironmentId == EnvironmentId)
            && (Status is null || (definition as ExperimentDefinition)?.Status == Status)
            && (Tag is null || traits.Tags.Contains(Tag, StringComparer.Ordinal))
            && (IsArchived is null || traits.IsArchived == IsArchived)
            && (Search is null
                || definition.UniqueName.Contains(Search, StringComparison.OrdinalIgnoreCase)
                || traits.Name.Contains(Search, StringComparison.OrdinalIgnoreCase));
    }
}
