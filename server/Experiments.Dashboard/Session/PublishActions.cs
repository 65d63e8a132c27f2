using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Publishing;

namespace Experiments.Dashboard.Session;

/// <summary>Publishes and rolls back as the user of the tab, with a note for the audit log.</summary>
internal sealed class PublishActions(DashboardActions actions, Callers callers, SnapshotPublisher publisher, VersionOperations versions)
{
    /// <summary>Publishes what is stored.</summary>
    public Task<Outcome<bool>> PublishAsync(Guid environmentId, string? note) => actions.StoreAsync<bool>(
        async () =>
        {
            if (Enter(note) is { } fault)
            {
                return fault;
            }

            PublishOutcome outcome = await publisher.PublishAsync(environmentId);
            return outcome.Error is { } error
                ? new DomainError(DomainErrorCode.Unavailable, $"Publishing failed: {error}")
                : true;
        },
        "Published");

    /// <summary>Publishes what an earlier version held.</summary>
    public Task<Outcome<EnvironmentDefinition>> RollBackAsync(Guid environmentId, long version, string? note) => actions.ChangeAsync(
        async () =>
        {
            if (Enter(note) is { } fault)
            {
                return fault;
            }

            try
            {
                Result<Mutation<EnvironmentDefinition>> rolledBack = await versions.RollBackAsync(environmentId, version);
                if (rolledBack is { IsSuccess: true, Value.Publish: { } requested })
                {
                    // Here, where the note is known; whoever publishes it after this finds it done, or tries again.
                    await publisher.PublishAsync(requested);
                }

                return rolledBack;
            }
            catch (RollbackRefusedException refused)
            {
                return new DomainError(DomainErrorCode.Conflict, refused.Message);
            }
        },
        FormattableString.Invariant($"Rolled back to version {version}"));

    private DomainError? Enter(string? note)
    {
        string? reason = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (DefinitionNames.CheckDescription(reason) is { } fault)
        {
            return new DomainError(DomainErrorCode.InvalidInput, $"The note {fault}.");
        }

        callers.Enter(callers.Current with { Reason = reason });
        return null;
    }
}
