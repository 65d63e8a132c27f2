using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to environments.</summary>
internal sealed class EnvironmentOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<EnvironmentDefinition>> CreateAsync(EnvironmentInput input)
    {
        if (DefinitionNames.CheckEnvironmentName(input.Name) is { } fault)
        {
            return new DomainError(DomainErrorCode.InvalidInput, $"name {fault}.");
        }

        DateTimeOffset now = UtcTime.Now(time);
        var environment = new EnvironmentDefinition { Id = Guid.NewGuid(), Name = input.Name, CreatedAt = now, UpdatedAt = now };
        EnvironmentDefinition? stored = await store.WriteAsync(writer => writer.InsertAsync(environment));
        return stored is null ? new DomainError(DomainErrorCode.Conflict, $"An environment named \"{input.Name}\" already exists.") : stored;
    }

    public async Task<Result<EnvironmentDefinition>> FindAsync(Guid id)
    {
        EnvironmentDefinition? environment = await store.ReadAsync(reader => reader.FindEnvironmentAsync(id));
        return environment is null ? Errors.NotFound("environment", id) : environment;
    }

    /// <summary>What waits to be published goes live with the change to auto, and becomes a draft with the change to manual.</summary>
    public Task<Result<Mutation<EnvironmentDefinition>>> ChangeAsync(Guid id, EnvironmentChange change) =>
        store.WriteAsync<Result<Mutation<EnvironmentDefinition>>>(async writer =>
        {
            if (await writer.FindEnvironmentAsync(id) is not { } environment)
            {
                return Errors.NotFound("environment", id);
            }

            PublishMode mode = change.Publish.IsPresent ? change.Publish.Value : environment.Publish;
            if (mode == environment.Publish)
            {
                return new Mutation<EnvironmentDefinition>(environment, null);
            }

            EnvironmentDefinition stored = await writer.UpdateAsync(environment with { Publish = mode, UpdatedAt = UtcTime.Now(time) });
            if (mode == PublishMode.Auto)
            {
                return new Mutation<EnvironmentDefinition>(stored, await writer.RequestPublishAsync(id));
            }

            await writer.CompletePublishAsync(id, (await writer.GetPublishStateAsync(id)).Wanted);
            return new Mutation<EnvironmentDefinition>(stored, null);
        });

    public Task<StorePage<EnvironmentDefinition>> ListAsync(PageRange range) =>
        store.ReadAsync(reader => reader.ListEnvironmentsAsync(range));

    public Task<StorePage<PublicationRecord>> ListVersionsAsync(Guid id, PageRange range) =>
        store.ReadAsync(reader => reader.ListPublicationsAsync(id, range));
}
