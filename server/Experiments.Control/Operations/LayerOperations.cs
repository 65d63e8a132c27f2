using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to layers. Their claims come and go with the splits that are in them.</summary>
internal sealed class LayerOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<LayerDefinition>> CreateAsync(LayerInput input)
    {
        if (Check(input.Name, input.Unit) is { } fault)
        {
            return fault;
        }

        DateTimeOffset now = UtcTime.Now(time);
        var layer = new LayerDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = input.EnvironmentId,
            Name = input.Name,
            Unit = input.Unit,
            Salt = Guid.NewGuid().ToString(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.WriteAsync<Result<LayerDefinition>>(async writer =>
            await writer.FindEnvironmentAsync(input.EnvironmentId) is null ? Errors.NotFound("environment", input.EnvironmentId)
                : await writer.InsertAsync(layer) is { } stored ? stored
                : NameTaken(input.Name));
    }

    public Task<Result<LayerDefinition>> FindAsync(Guid id) => store.ReadAsync<Result<LayerDefinition>>(async reader =>
        await reader.FindAsync<LayerDefinition>(id) is { } layer ? layer : Errors.NotFound("layer", id));

    public Task<StorePage<LayerDefinition>> ListAsync(Guid? environmentId, PageRange range) =>
        store.ReadAsync(reader => reader.ListAsync<LayerDefinition>(new DefinitionFilter { EnvironmentId = environmentId }, range));

    /// <summary>Another name changes nothing live.</summary>
    public async Task<Result<LayerDefinition>> RenameAsync(Guid id, Optional<string> name)
    {
        if (name.IsPresent && Check(name.Value!, unit: null) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Result<LayerDefinition>>(async writer =>
        {
            if (await writer.FindAsync<LayerDefinition>(id) is not { } layer)
            {
                return Errors.NotFound("layer", id);
            }

            string wanted = name.Or(layer.Name)!;
            return wanted == layer.Name ? layer
                : await writer.UpdateAsync(layer with { Name = wanted, UpdatedAt = UtcTime.Now(time) }) is { } stored ? stored
                : NameTaken(wanted);
        });
    }

    /// <summary>Refused while anything is in it; archived experiments lose the reference.</summary>
    public Task<Result<LayerDefinition>> DeleteAsync(Guid id) => store.WriteAsync<Result<LayerDefinition>>(async writer =>
    {
        if (await writer.FindAsync<LayerDefinition>(id) is not { } layer)
        {
            return Errors.NotFound("layer", id);
        }

        // Not by its claims: a split that holds nothing yet is in it too.
        ExperimentDefinition[] experiments =
            [.. (await writer.GetAllAsync<ExperimentDefinition>(layer.EnvironmentId)).Where(one => one.Split?.LayerId == id)];
        string[] owners =
        [
            .. experiments.Where(static one => one.Status != ExperimentStatus.Archived).Select(static one => $"\"{one.Key}\""),
            .. (await writer.GetAllAsync<FlagDefinition>(layer.EnvironmentId))
                .Where(flag => flag.Rules.Any(rule => rule.Split?.Weights.LayerId == id)).Select(static flag => $"\"{flag.Key}\""),
        ];
        if (owners.Length > 0)
        {
            return new DomainError(
                DomainErrorCode.Conflict, $"Layer \"{layer.Name}\" is used by {string.Join(", ", owners)}; give them another split first.");
        }

        foreach (ExperimentDefinition archived in experiments)
        {
            await writer.UpdateAsync(archived with { Split = archived.Split! with { LayerId = null }, UpdatedAt = UtcTime.Now(time) });
        }

        await writer.DeleteAsync(layer);
        return layer;
    });

    private static DomainError? Check(string name, string? unit) => DefinitionNames.CheckName(name) is { } fault
        ? Errors.Invalid("name", fault)
        : unit is { Length: 0 or > TargetingRules.MaxAttributeLength }
            ? Errors.Invalid("unit", $"must be 1 to {TargetingRules.MaxAttributeLength} characters")
            : null;

    private static DomainError NameTaken(string name) =>
        new(DomainErrorCode.Conflict, $"A layer named \"{name}\" already exists in the environment.");
}
