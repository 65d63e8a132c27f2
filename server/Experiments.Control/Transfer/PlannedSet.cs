using System.Diagnostics.CodeAnalysis;
using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>Definitions of one kind as they are to be, by name or key and by id, in insertion order.</summary>
internal sealed class PlannedSet<T>
    where T : class, IDefinition
{
    private readonly OrderedDictionary<string, T> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _names = [];

    public PlannedSet(IReadOnlyList<T> stored)
    {
        Stored = stored;
        foreach (T definition in stored)
        {
            Put(definition);
        }
    }

    /// <summary>As they are.</summary>
    public IReadOnlyList<T> Stored { get; }

    public IReadOnlyList<T> All => _byName.Values;

    public T? Find(string name) => _byName.GetValueOrDefault(name);

    public T? Find(Guid id) => _names.TryGetValue(id, out string? name) ? _byName[name] : null;

    public bool TryFind(string name, [NotNullWhen(true)] out T? found) => _byName.TryGetValue(name, out found);

    /// <summary>Adds it, or takes the place of the one with its name.</summary>
    public void Put(T definition)
    {
        string name = definition.UniqueName;
        _byName[name] = definition;
        _names[definition.Id] = name;
    }

    public void Remove(T definition)
    {
        _byName.Remove(definition.UniqueName);
        _names.Remove(definition.Id);
    }
}
