using System.Collections.Concurrent;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>The facets of audit lists that were filtered once, oldest first: 32 bytes of memory for an entry; and the texts once somebody
/// searched.</summary>
/// <remarks><inheritdoc cref="DefinitionCache" path="/remarks"/></remarks>
internal sealed class AuditCache
{
    private readonly ConcurrentDictionary<Guid, List<AuditFacets>> _lists = new();
    private volatile AuditTexts? _texts;

    /// <summary>For use inside the transaction only.</summary>
    /// <param name="environmentId">Null is of everything.</param>
    /// <param name="read">Reads them where they are not here yet.</param>
    public IReadOnlyList<AuditFacets> GetOrRead(Guid? environmentId, Func<IEnumerable<AuditFacets>> read) =>
        _lists.GetOrAdd(environmentId ?? Guid.Empty, static (_, read) => [.. read()], read);

    /// <summary>For use inside the transaction only.</summary>
    /// <param name="read">Reads them, oldest first, where they are not here yet.</param>
    public AuditTexts TextsOrRead(Func<IEnumerable<AuditTextPart>> read) => _texts ??= new AuditTexts(read());

    public void Append(AuditEntry entry)
    {
        _texts?.Append(entry);
        foreach (Guid listId in new[] { Guid.Empty, entry.EnvironmentId })
        {
            _lists.GetValueOrDefault(listId)?.Add(AuditFacets.Of(entry));
        }
    }

    public void Clear()
    {
        _lists.Clear();
        _texts = null;
    }
}
