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

    public void Put<T>(T definition)
        where T : class, IDefinition
    {
        if (Find<T>(definition.EnvironmentId) is { } set)
        {
            set[definition.Sequence] = definition;
        }
    }

    public void Remove<T>(T definition)
        where T : class, IDefinition => Find<T>(definition.EnvironmentId)?.Remove(definition.Sequence);

    public void Clear()
    {
        _sets.Clear();
        Audit.Clear();
    }

    private SortedDictionary<long, T>? Find<T>(Guid environmentId) =>
        (SortedDictionary<long, T>?)_sets.GetValueOrDefault((typeof(T), environmentId));
}
