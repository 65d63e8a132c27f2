using Experiments.Control.Auditing;
using Experiments.Control.Definitions;
using Experiments.Control.Differences;
using Experiments.Control.Operations;
using Experiments.Control.Storage;

namespace Experiments.Control.Transfer;

/// <summary>Environments out as documents and back in, and parts of them from one to another.</summary>
internal sealed class TransferOperations(IDefinitionStore store, TimeProvider time)
{
    public Task<Result<ExportedDocument>> ExportAsync(Guid environmentId) => store.ReadAsync<Result<ExportedDocument>>(async reader =>
        await EnvironmentState.ReadAsync(reader, environmentId) is { } state
            ? new ExportedDocument(new StateExport(state).Document(), state.ETag)
            : Errors.NotFound("environment", environmentId));

    /// <summary>Makes the environment's definitions as the document says, all of them or none.</summary>
    /// <exception cref="PreconditionFailedException">The environment is in another state than the options expect.</exception>
    public Task<Result<Mutation<AppliedDocument>>> ApplyAsync(Guid environmentId, TransferDocument document, ApplyOptions options) =>
        RunAsync(environmentId, options, (_, _) => new(document));

    /// <summary>Applies selected flags and experiments of an environment to another, where they keep the salts and buckets that they have.</summary>
    /// <inheritdoc cref="ApplyAsync" path="/exception"/>
    public Task<Result<Mutation<AppliedDocument>>> PromoteAsync(Guid environmentId, PromotionInput input, IReadOnlyList<string>? expectedETags)
    {
        var options = new ApplyOptions { IsDryRun = input.DryRun, KeepsAssignments = true, ExpectedETags = expectedETags };
        return RunAsync(input.To, options, async (reader, to) => await EnvironmentState.ReadAsync(reader, environmentId) is { } from
            ? Promotion.Select(from, to, input)
            : throw new TransferRefusedException(Errors.NotFound("environment", environmentId)));
    }

    private async Task<Result<Mutation<AppliedDocument>>> RunAsync(
        Guid environmentId, ApplyOptions options, Func<IStoreReader, EnvironmentState, ValueTask<TransferDocument>> documentOf)
    {
        DateTimeOffset now = UtcTime.Now(time);
        try
        {
            return options.IsDryRun
                ? await store.ReadAsync(async reader =>
                {
                    PlannedState planned = await PlanAsync(reader, environmentId, options, documentOf, now);
                    IReadOnlyList<Change> changes = PlanChanges.Of(planned, out _);
                    return new Mutation<AppliedDocument>(new AppliedDocument(true, false, changes, planned.Before.ETag), null);
                })
                : await store.WriteAsync(async writer =>
                    await StoreAsync(writer, await PlanAsync(writer, environmentId, options, documentOf, now), now));
        }
        catch (TransferRefusedException refused)
        {
            return refused.Error;
        }
    }

    private static async ValueTask<PlannedState> PlanAsync(
        IStoreReader reader,
        Guid environmentId,
        ApplyOptions options,
        Func<IStoreReader, EnvironmentState, ValueTask<TransferDocument>> documentOf,
        DateTimeOffset now)
    {
        EnvironmentState before = await EnvironmentState.ReadAsync(reader, environmentId)
            ?? throw new TransferRefusedException(Errors.NotFound("environment", environmentId));
        if (options.ExpectedETags is { } expected && !expected.Contains(before.ETag, StringComparer.Ordinal))
        {
            throw new PreconditionFailedException(
                $"The environment was changed in the meantime: its ETag is {before.ETag} now, which If-Match does not name. Look at the dry run again.");
        }

        return await DocumentPlanner.PlanAsync(before, await documentOf(reader, before), options, now);
    }

    private static async ValueTask<Mutation<AppliedDocument>> StoreAsync(IStoreWriter writer, PlannedState planned, DateTimeOffset now)
    {
        IReadOnlyList<Change> changes = PlanChanges.Of(planned, out bool isLive);
        decimal reassigned = NoteReassigned(writer, planned, now);
        await new PlanStorage(writer, now).WriteAsync(planned);
        EnvironmentState after = (await EnvironmentState.ReadAsync(writer, planned.EnvironmentId))!;
        PublishState? publish = isLive ? await writer.RequestPublishIfAutoAsync(planned.EnvironmentId) : null;
        string tag = after.ETag;
        return new Mutation<AppliedDocument>(
            new AppliedDocument(false, tag != planned.Before.ETag, changes, tag), publish, reassigned > 0 ? reassigned : null);
    }

    /// <summary>Of whatever moves most.</summary>
    private static decimal NoteReassigned(IStoreWriter writer, PlannedState planned, DateTimeOffset now)
    {
        decimal most = 0;
        foreach ((Guid id, decimal share) in PlanReassignments.Of(planned, now))
        {
            writer.NoteReassigned(id, share);
            most = Math.Max(most, share);
        }

        return most;
    }
}
