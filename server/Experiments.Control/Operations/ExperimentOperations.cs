using Experiments.Client.Targeting;
using Experiments.Control.Compilation;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to experiments as a whole; their parts have operations of their own.</summary>
internal sealed class ExperimentOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<ExperimentView>> CreateAsync(ExperimentInput input)
    {
        if (Check(input.Name, input.Description, input.TargetingRules) is { } fault)
        {
            return fault;
        }

        if (DefinitionNames.CheckKey(input.Key) is { } keyFault)
        {
            return Errors.Invalid("key", keyFault);
        }

        if (TagNames.Check(input.Tags) is { } tagFault)
        {
            return Errors.Invalid("tags", tagFault);
        }

        DateTimeOffset now = UtcTime.Now(time);
        var experiment = new ExperimentDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = input.EnvironmentId,
            Key = input.Key,
            Name = input.Name,
            Description = input.Description,
            Salt = Guid.NewGuid().ToString(),
            AudienceId = input.AudienceId,
            TargetingRules = input.TargetingRules,
            Tags = TagNames.Sort(input.Tags),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.WriteAsync<Result<ExperimentView>>(async writer =>
        {
            if (await writer.FindEnvironmentAsync(input.EnvironmentId) is null)
            {
                return Errors.NotFound("environment", input.EnvironmentId);
            }

            if (await CheckAudienceAsync(writer, experiment) is { } error)
            {
                return error;
            }

            if (await KeySpace.FindConflictAsync(writer, experiment) is { } taken)
            {
                return taken;
            }

            return await writer.InsertAsync(experiment) is { } stored
                ? await new Views(writer).OfAsync(stored)
                : new DomainError(DomainErrorCode.Conflict, $"An experiment with key \"{input.Key}\" already exists in the environment.");
        });
    }

    public Task<Result<ExperimentView>> FindAsync(Guid id) => store.ReadAsync<Result<ExperimentView>>(async reader =>
        await reader.FindAsync<ExperimentDefinition>(id) is { } experiment
            ? await new Views(reader).OfAsync(experiment)
            : Errors.NotFound("experiment", id));

    public Task<StorePage<ExperimentView>> ListAsync(DefinitionFilter filter, PageRange range) =>
        store.ReadAsync(async reader => await new Views(reader).OfAsync(await reader.ListAsync<ExperimentDefinition>(filter, range)));

    public async Task<Result<Mutation<ExperimentView>>> ChangeAsync(Guid id, ExperimentChange change)
    {
        if (Check(change.Name.Or("-")!, change.Description.Value, change.TargetingRules.Or([])!) is { } fault)
        {
            return fault;
        }

        return await store.MutateAsync(id, time, async (reader, experiment) =>
        {
            ExperimentDefinition changed = experiment with
            {
                Name = change.Name.Or(experiment.Name)!,
                Description = change.Description.Or(experiment.Description),
                AudienceId = change.AudienceId.Or(experiment.AudienceId),
                TargetingRules = change.TargetingRules.Or(experiment.TargetingRules)!,
            };
            Result<ExperimentDefinition> settled = await ExperimentSettings.ApplyAsync(reader, changed, change);
            return settled.IsSuccess && await CheckAudienceAsync(reader, changed) is { } error ? error : settled;
        });
    }

    public Task<Result<Mutation<ExperimentView>>> MoveAsync(Guid id, ExperimentStatus status) => store.MutateAsync(
        id,
        time,
        async (writer, experiment) =>
        {
            Result<ExperimentDefinition> moved = Move(experiment, status, await writer.FindLayerOfAsync(experiment));
            return moved.IsSuccess && status == ExperimentStatus.Running && await FindBrokenPrerequisiteAsync(writer, experiment) is { } broken
                ? broken
                : moved;
        },
        refuseArchived: false);

    public Task<Result<Mutation<ExperimentView>>> DeleteAsync(Guid id) => store.WriteAsync<Result<Mutation<ExperimentView>>>(async writer =>
    {
        if (await writer.FindAsync<ExperimentDefinition>(id) is not { } experiment)
        {
            return Errors.NotFound("experiment", id);
        }

        if ((await writer.GetFlagsNamingAsync(id)).FirstOrDefault(static flag => !flag.IsArchived) is { } serving)
        {
            return new DomainError(
                DomainErrorCode.Conflict, $"Experiment \"{experiment.Key}\" is served by a rule of flag \"{serving.Key}\"; change that first.");
        }

        ExperimentView view = await new Views(writer).OfAsync(experiment);
        await writer.DeleteAsync(experiment);
        await writer.ReleaseAsync(experiment.Split?.LayerId, id, UtcTime.Now(time));
        return new Mutation<ExperimentView>(view, await writer.RequestPublishIfAutoAsync(experiment.EnvironmentId));
    });

    private static Result<ExperimentDefinition> Move(ExperimentDefinition experiment, ExperimentStatus status, LayerDefinition? layer)
    {
        if (!ExperimentLifecycle.CanFollow(experiment.Status, status))
        {
            string from = ExperimentLifecycle.NameOf(experiment.Status);
            return new DomainError(DomainErrorCode.NotAllowed, $"Cannot transition from {from} to {ExperimentLifecycle.NameOf(status)}");
        }

        if (status == ExperimentStatus.Running && experiment.Allocations.Count == 0)
        {
            return new DomainError(
                DomainErrorCode.NotAllowed,
                $"Experiment \"{experiment.Key}\" has no allocations, so it would assign nobody; "
                + $"PUT /experiments/{experiment.Id}/allocations first.");
        }

        if (status == ExperimentStatus.Running && layer is not null
            && SplitStages.HeldBy(layer, experiment.Id).Count < experiment.Split!.LargestCoverage)
        {
            return new DomainError(
                DomainErrorCode.NotAllowed,
                $"Experiment \"{experiment.Key}\" has lost its part of layer \"{layer.Name}\" to others; PUT /experiments/{experiment.Id}/split first.");
        }

        return experiment with { Status = status };
    }

    /// <summary>A flag may have gone since it became a prerequisite of what was not live.</summary>
    private static async ValueTask<DomainError?> FindBrokenPrerequisiteAsync(IStoreReader reader, ExperimentDefinition experiment) =>
        await new PrerequisiteCheck(reader, experiment.EnvironmentId).FindFaultAsync("prerequisites", key: null, experiment.Prerequisites) is { } fault
            ? new DomainError(DomainErrorCode.NotAllowed, $"Experiment \"{experiment.Key}\" would assign nobody: {fault.Message}")
            : null;

    private static async ValueTask<DomainError?> CheckAudienceAsync(IStoreReader reader, ExperimentDefinition experiment)
    {
        if (experiment.AudienceId is not { } audienceId)
        {
            return null;
        }

        AudienceDefinition? audience = await reader.FindAsync<AudienceDefinition>(audienceId);
        if (audience is null)
        {
            return Errors.NotFound("audience", audienceId);
        }

        return audience.EnvironmentId == experiment.EnvironmentId
            ? null
            : new DomainError(DomainErrorCode.NotAllowed, $"Audience \"{audience.Name}\" belongs to another environment than the experiment.");
    }

    private static DomainError? Check(string name, string? description, TargetingRuleDocument[] rules)
    {
        if (DefinitionNames.CheckName(name) is { } nameFault)
        {
            return Errors.Invalid("name", nameFault);
        }

        if (DefinitionNames.CheckDescription(description) is { } descriptionFault)
        {
            return Errors.Invalid("description", descriptionFault);
        }

        return TargetingRules.Check("targetingRules", rules) is { } fault ? new DomainError(DomainErrorCode.InvalidInput, fault + ".") : null;
    }
}
