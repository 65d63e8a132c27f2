namespace Experiments.Dashboard.Models;

/// <summary>What the rules of a flag name: people know audiences by name and experiments by key, requests by id.</summary>
public sealed class FlagNames
{
    private readonly Dictionary<string, Guid> _audiences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> _experiments = new(StringComparer.Ordinal);

    /// <summary>Remembers an audience.</summary>
    public void AddAudience(Guid id, string name) => _audiences[name] = id;

    /// <summary>Remembers an experiment.</summary>
    public void AddExperiment(Guid id, string key) => _experiments[key] = id;

    /// <summary>Whether the name can be said as an id.</summary>
    public bool HasAudience(string name) => _audiences.ContainsKey(name) || Guid.TryParse(name, out _);

    /// <inheritdoc cref="HasAudience"/>
    public bool HasExperiment(string key) => _experiments.ContainsKey(key) || Guid.TryParse(key, out _);

    internal string NameOfAudience(Guid? id) => NameOf(_audiences, id);

    internal string KeyOfExperiment(Guid? id) => NameOf(_experiments, id);

    /// <summary>The name itself where it is unknown: whoever reads it says so.</summary>
    internal string IdOfAudience(string name) => IdOf(_audiences, name);

    /// <inheritdoc cref="IdOfAudience"/>
    internal string IdOfExperiment(string key) => IdOf(_experiments, key);

    // What is gone has no name left: its id stands for it.
    private static string NameOf(Dictionary<string, Guid> ids, Guid? id) =>
        id is not { } wanted ? "" : ids.FirstOrDefault(pair => pair.Value == wanted).Key ?? wanted.ToString();

    private static string IdOf(Dictionary<string, Guid> ids, string name) => ids.TryGetValue(name.Trim(), out Guid id) ? id.ToString() : name.Trim();
}
