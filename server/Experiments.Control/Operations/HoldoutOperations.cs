using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to holdouts. Everything about them is live.</summary>
internal sealed class HoldoutOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<Mutation<HoldoutDefinition>>> CreateAsync(HoldoutInput input)
    {
        DateTimeOffset now = UtcTime.Now(time);
        var holdout = new HoldoutDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = input.EnvironmentId,
            Name = input.Name,
            Tag = input.Tag,
            Share = input.Share.Buckets,
            Salt = Guid.NewGuid().ToString(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (Check(holdout) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Result<Mutation<HoldoutDefinition>>>(async writer =>
        {
            if (await writer.FindEnvironmentAsync(input.EnvironmentId) is null)
            {
                return Errors.NotFound("environment", input.EnvironmentId);
            }

            return await writer.InsertAsync(holdout) is { } stored
                ? new Mutation<HoldoutDefinition>(stored, await writer.RequestPublishIfAutoAsync(stored.EnvironmentId))
                : NameTaken(input.Name);
        });
    }

    public Task<Result<HoldoutDefinition>> FindAsync(Guid id) => store.ReadAsync<Result<HoldoutDefinition>>(async reader =>
        await reader.FindAsync<HoldoutDefinition>(id) is { } holdout ? holdout : Errors.NotFound("holdout", id));

    public Task<StorePage<HoldoutDefinition>> ListAsync(Guid? environmentId, PageRange range) =>
        store.ReadAsync(reader => reader.ListAsync<HoldoutDefinition>(new DefinitionFilter { EnvironmentId = environmentId }, range));

    public Task<Result<Mutation<HoldoutDefinition>>> ChangeAsync(Guid id, HoldoutChange change) =>
        store.WriteAsync<Result<Mutation<HoldoutDefinition>>>(async writer =>
        {
            if (await writer.FindAsync<HoldoutDefinition>(id) is not { } holdout)
            {
                return Errors.NotFound("holdout", id);
            }

            HoldoutDefinition changed = holdout with
            {
                Name = change.Name.Or(holdout.Name)!,
                Tag = change.Tag.Or(holdout.Tag),
                Share = change.Share.IsPresent ? change.Share.Value.Buckets : holdout.Share,
            };
            if (Check(changed) is { } fault)
            {
                return fault;
            }

            if (changed == holdout)
            {
                return new Mutation<HoldoutDefinition>(holdout, null);
            }

            return await writer.UpdateAsync(changed with { UpdatedAt = UtcTime.Now(time) }) is { } stored
                ? new Mutation<HoldoutDefinition>(stored, await writer.RequestPublishIfAutoAsync(stored.EnvironmentId))
                : NameTaken(changed.Name);
        });

    public Task<Result<Mutation<HoldoutDefinition>>> DeleteAsync(Guid id) => store.WriteAsync<Result<Mutation<HoldoutDefinition>>>(async writer =>
    {
        if (await writer.FindAsync<HoldoutDefinition>(id) is not { } holdout)
        {
            return Errors.NotFound("holdout", id);
        }

        await writer.DeleteAsync(holdout);
        return new Mutation<HoldoutDefinition>(holdout, await writer.RequestPublishIfAutoAsync(holdout.EnvironmentId));
    });

    private static DomainError? Check(HoldoutDefinition holdout) => DefinitionNames.CheckName(holdout.Name) is { } fault
        ? Errors.Invalid("name", fault)
        : holdout.Tag is { } tag && DefinitionNames.CheckKey(tag) is { } tagFault ? Errors.Invalid("tag", tagFault) : null;

    private static DomainError NameTaken(string name) =>
        new(DomainErrorCode.Conflict, $"A holdout named \"{name}\" already exists in the environment.");
}
