using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;
using Experiments.Control.Storage;
using Experiments.Control.Versions;

namespace Experiments.Control.Operations;

/// <summary>What was published of an environment, what would be, and the way back.</summary>
internal sealed class VersionOperations(IDefinitionStore store, VersionContents contents, Callers callers, TimeProvider time)
{
    public Task<Result<VersionView>> FindAsync(Guid environmentId, long version) => store.ReadAsync<Result<VersionView>>(async reader =>
        await reader.FindEnvironmentAsync(environmentId) is null ? Errors.NotFound("environment", environmentId)
            : await reader.FindPublicationAsync(environmentId, version) is { } publication
                ? new VersionView(publication, await contents.FindAsync(reader, environmentId, version))
                : new DomainError(DomainErrorCode.NotFound, $"There is no version {version} of the environment."));

    public Task<PublicationRecord?> FindLiveAsync(Guid environmentId) => store.ReadAsync(reader => reader.FindLiveAsync(environmentId));

    /// <summary>What differs between two contents.</summary>
    public Task<Result<IReadOnlyList<Change>>> CompareAsync(Guid environmentId, ContentPlace from, ContentPlace to) =>
        store.ReadAsync<Result<IReadOnlyList<Change>>>(async reader =>
        {
            if (await reader.FindEnvironmentAsync(environmentId) is null)
            {
                return Errors.NotFound("environment", environmentId);
            }

            if (await contents.FindAsync(reader, environmentId, from) is not { } before)
            {
                return NotKept(from);
            }

            return await contents.FindAsync(reader, environmentId, to) is { } after
                ? EnvironmentDifference.Between(before, after).ToArray()
                : NotKept(to);
        });

    /// <summary>Asks for a publish, whatever the environment's mode and whether anything has changed or not.</summary>
    public Task<Result<Mutation<EnvironmentDefinition>>> RequestPublishAsync(Guid environmentId) =>
        store.WriteAsync<Result<Mutation<EnvironmentDefinition>>>(async writer =>
            await writer.FindEnvironmentAsync(environmentId) is { } environment
                ? new Mutation<EnvironmentDefinition>(environment, await writer.RequestPublishAsync(environmentId))
                : Errors.NotFound("environment", environmentId));

    /// <summary>Restores the definitions of a version. A publish is requested, whatever the environment's mode: that is what it is for.</summary>
    public Task<Result<Mutation<EnvironmentDefinition>>> RollBackAsync(Guid environmentId, long version) =>
        store.WriteAsync<Result<Mutation<EnvironmentDefinition>>>(async writer =>
        {
            if (await writer.FindEnvironmentAsync(environmentId) is not { } environment)
            {
                return Errors.NotFound("environment", environmentId);
            }

            if (await writer.FindPublicationAsync(environmentId, version) is not { Status: PublicationStatus.Published })
            {
                return new DomainError(DomainErrorCode.NotFound, $"Version {version} of the environment was never published.");
            }

            if (await contents.FindAsync(writer, environmentId, version) is not { } content)
            {
                return NotKept(new ContentPlace(version, IsDraft: false));
            }

            DateTimeOffset now = UtcTime.Now(time);
            var rollback = new Rollback(writer, content, environmentId, now);
            if (await rollback.RunAsync() is { } taken)
            {
                // Thrown, so that the transaction keeps nothing.
                throw new RollbackRefusedException($"Cannot roll back to version {version}: the name of {taken} is another's by now; rename that first.");
            }

            await writer.AppendAsync(new AuditEntry
            {
                At = now,
                Actor = callers.Current.Actor,
                Reason = callers.Current.Reason,
                EnvironmentId = environmentId,
                Kind = ResourceKind.Environment,
                ResourceId = environmentId,
                ResourceKey = environment.Name,
                Action = AuditAction.Rollback,
                Version = version,
            });
            return new Mutation<EnvironmentDefinition>(
                environment, await writer.RequestPublishAsync(environmentId), rollback.ReassignedShare > 0 ? rollback.ReassignedShare : null);
        });

    private static DomainError NotKept(ContentPlace place) => new(
        DomainErrorCode.NotFound, $"There is no content of version {place}: it was never published, or before contents were kept.");
}
