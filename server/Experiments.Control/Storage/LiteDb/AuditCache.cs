using System.Collections.Concurrent;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>The facets of audit lists that were filtered once, oldest first: 32 bytes of memory for an entry.</summary>
/// <remarks><inheritdoc cref="DefinitionCache" path="/remarks"/></remarks>
internal sealed class AuditCache
{
    private readonly ConcurrentDictionary<Guid, List<AuditFacets>> _lists = new();

    /// <summary>For use inside the transaction only.</summary>
    /// <param name="environmentId">Null is of everything.</param>
    /// <param name="read">Reads them where they are not here yet.</param>
    public IReadOnlyList<AuditFacets> GetOrRead(Guid? environmentId, Func<IEnumerable<AuditFacets>> read) =>
        _lists.GetOrAdd(environmentId ?? Guid.Empty, static (_, read) => [.. read()], read);

    public void Append(AuditEntry entry)
    {
        foreach (Guid listId in new[] { Guid.Empty, entry.EnvironmentId })
        {
            _lists.GetValueOrDefault(listId)?.Add(AuditFacets.Of(entry));
        }
    }

    public void Clear() => _lists.Clear();
}
