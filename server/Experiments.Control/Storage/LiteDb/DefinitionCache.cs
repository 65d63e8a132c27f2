using System.Collections.Concurrent;
using Experiments.Control.Definitions;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>
/// All definitions of one type in an environment, in memory once they were asked for as a whole: LiteDB needs 25 us for each, which 10,000
/// flags in one list or publish would feel. About 5 KB of memory for a flag with a few rules.
/// </summary>
/// <remarks>Many may read while nobody writes; <see cref="StoreGate"/> sees to that. Writes are in it at once, so a transaction that is
/// undone must <see cref="Clear"/> it.</remarks>
internal sealed class DefinitionCache
{
    private readonly ConcurrentDictionary<(Type Type, Guid EnvironmentId), object> _sets = new();
    private readonly ConcurrentDictionary<(Type Type, Guid EnvironmentId), IReadOnlyList<string>> _tags = new();

    public AuditCache Audit { get; } = new();

    /// <summary>In insertion order. For use inside the transaction only.</summary>
    /// <param name="environmentId">Of all of them.</param>
    /// <param name="read">Reads them where they are not here yet.</param>
    public IReadOnlyCollection<T> GetOrRead<T>(Guid environmentId, Func<IEnumerable<T>> read)
        where T : class, IDefinition
    {
        object set = _sets.GetOrAdd(
            (typeof(T), environmentId),
            static (_, read) => new SortedDictionary<long, T>(read().ToDictionary(static definition => definition.Sequence)),
            read);
        return ((SortedDictionary<long, T>)set).Values;
    }

    /// <summary>For use inside the transaction only.</summary>
    /// <param name="environmentId">Of those that have them.</param>
    /// <param name="all">All of them, where they have to be looked at again.</param>
    public IReadOnlyList<string> TagsOf<T>(Guid environmentId, Func<IEnumerable<T>> all)
        where T : class, IDefinition => _tags.GetOrAdd(
            (typeof(T), environmentId),
            static (_, all) =>
            [
                .. all().SelectMany(static definition => DefinitionTraits.Of(definition).Tags).Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            all);

    public void Put<T>(T definition)
        where T : class, IDefinition
    {
        _tags.TryRemove((typeof(T), definition.EnvironmentId), out _);
        if (Find<T>(definition.EnvironmentId) is { } set)
        {
            set[definition.Sequence] = definition;
        }
    }

    public void Remove<T>(T definition)
        where T : class, IDefinition
    {
        _tags.TryRemove((typeof(T), definition.EnvironmentId), out _);
        Find<T>(definition.EnvironmentId)?.Remove(definition.Sequence);
    }

    public void Clear()
    {
        _sets.Clear();
        _tags.Clear();
        Audit.Clear();
    }

    private SortedDictionary<long, T>? Find<T>(Guid environmentId) =>
        (SortedDictionary<long, T>?)_sets.GetValueOrDefault((typeof(T), environmentId));
}
