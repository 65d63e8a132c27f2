using Experiments.Control.Definitions;

namespace Experiments.Control.Differences;

/// <summary>What the resources of a content are called, by the ids that other resources hold.</summary>
internal sealed class ContentNames(EnvironmentContent content)
{
    private readonly Dictionary<Guid, string> _audiences = Table(content.Audiences, static audience => audience.Name);
    private readonly Dictionary<Guid, string> _experiments = Table(content.Experiments, static experiment => experiment.Key);
    private readonly Dictionary<Guid, string> _layers = Table(content.Layers, static layer => layer.Name);

    /// <summary>The name, or the id where the content has no such audience; null for null. So are the others.</summary>
    public string? AudienceOf(Guid? id) => NameOf(_audiences, id);

    public string? ExperimentOf(Guid? id) => NameOf(_experiments, id);

    public string? LayerOf(Guid? id) => NameOf(_layers, id);

    private static string? NameOf(Dictionary<Guid, string> names, Guid? id) =>
        id is not { } set ? null : names.TryGetValue(set, out string? name) ? name : set.ToString();

    private static Dictionary<Guid, string> Table<T>(IReadOnlyList<T> definitions, Func<T, string> nameOf)
        where T : IDefinition
    {
        var table = new Dictionary<Guid, string>(definitions.Count);
        foreach (T definition in definitions)
        {
            table[definition.Id] = nameOf(definition);
        }

        return table;
    }
}
