using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>Which definitions of a list; what is null lets everything pass.</summary>
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

    /// <summary>Whether it asks for more than environment and status.</summary>
    public bool IsNarrow => Tag is not null || Search is not null || IsArchived is not null;

    public bool Holds(IDefinition definition)
    {
        (string name, IReadOnlyList<string> tags, bool isArchived, ExperimentStatus? status) = definition switch
        {
            FlagDefinition flag => (flag.Name, flag.Tags, flag.IsArchived, default(ExperimentStatus?)),
            ExperimentDefinition experiment =>
                (experiment.Name, experiment.Tags, experiment.Status == ExperimentStatus.Archived, experiment.Status),
            _ => (definition.UniqueName, [], false, null),
        };
        return (EnvironmentId is null || definition.EnvironmentId == EnvironmentId)
            && (Status is null || status == Status)
            && (Tag is null || tags.Contains(Tag, StringComparer.Ordinal))
            && (IsArchived is null || isArchived == IsArchived)
            && (Search is null
                || definition.UniqueName.Contains(Search, StringComparison.OrdinalIgnoreCase)
                || name.Contains(Search, StringComparison.OrdinalIgnoreCase));
    }
}
