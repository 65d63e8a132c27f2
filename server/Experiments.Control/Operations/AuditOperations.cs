using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Reads the audit log.</summary>
internal sealed class AuditOperations(IDefinitionStore store)
{
    public Task<StorePage<AuditEntry>> ListAsync(AuditFilter filter, PageRange range) =>
        store.ReadAsync(reader => reader.ListAuditAsync(filter, range));
}
