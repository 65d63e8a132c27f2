using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Versions;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>Counts what waits to be published, from the audit log: cheap however large the environment is.</summary>
internal sealed class WaitingReading(IDefinitionStore store)
{
    /// <summary>Null where changes go live by themselves.</summary>
    public async Task<WaitingChanges?> ReadAsync(EnvironmentDefinition? environment) => environment is not { Publish: PublishMode.Manual } ? null
        : await store.ReadAsync(async reader =>
        {
            PublicationRecord? live = await reader.FindLiveAsync(environment.Id);
            var filter = new AuditFilter { EnvironmentId = environment.Id, From = live?.PublishedAt };
            StorePage<AuditEntry> entries = await reader.ListAuditAsync(filter, new PageRange(0, WaitingChanges.MaxCount));
            return new WaitingChanges(live?.Version, live?.PublishedAt, entries.Items.Count(static one =>
                one.Action is not (AuditAction.Publish or AuditAction.Rollback) && one.Kind != ResourceKind.Environment));
        });
}
