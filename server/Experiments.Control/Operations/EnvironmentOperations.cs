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

    public Task<StorePage<EnvironmentDefinition>> ListAsync(PageRange range) =>
        store.ReadAsync(reader => reader.ListEnvironmentsAsync(range));

    public Task<StorePage<PublicationRecord>> ListVersionsAsync(Guid id, PageRange range) =>
        store.ReadAsync(reader => reader.ListPublicationsAsync(id, range));
}
