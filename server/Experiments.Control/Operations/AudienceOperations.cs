using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to audiences.</summary>
internal sealed class AudienceOperations(IDefinitionStore store, TimeProvider time)
{
    public async Task<Result<AudienceView>> CreateAsync(AudienceInput input)
    {
        if (Check(input.Name, input.Rules) is { } fault)
        {
            return fault;
        }

        DateTimeOffset now = UtcTime.Now(time);
        var audience = new AudienceDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = input.EnvironmentId,
            Name = input.Name,
            Rules = input.Rules,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.WriteAsync<Result<AudienceView>>(async writer =>
        {
            if (await writer.FindEnvironmentAsync(input.EnvironmentId) is null)
            {
                return Errors.NotFound("environment", input.EnvironmentId);
            }

            return await writer.InsertAsync(audience) is { } stored ? await new Views(writer).OfAsync(stored) : NameTaken(input.Name);
        });
    }

    public Task<Result<AudienceView>> FindAsync(Guid id) => store.ReadAsync<Result<AudienceView>>(async reader =>
        await reader.FindAsync<AudienceDefinition>(id) is { } audience ? await new Views(reader).OfAsync(audience) : Errors.NotFound("audience", id));

    public Task<StorePage<AudienceView>> ListAsync(Guid? environmentId, PageRange range) => store.ReadAsync(async reader =>
        await new Views(reader).OfAsync(await reader.ListAsync<AudienceDefinition>(new DefinitionFilter { EnvironmentId = environmentId }, range)));

    public async Task<Result<Mutation<AudienceView>>> ChangeAsync(Guid id, AudienceChange change)
    {
        if (Check(change.Name.Or("-")!, change.Rules.Or([])!) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Result<Mutation<AudienceView>>>(async writer =>
        {
            if (await writer.FindAsync<AudienceDefinition>(id) is not { } audience)
            {
                return Errors.NotFound("audience", id);
            }

            AudienceDefinition changed = audience with { Name = change.Name.Or(audience.Name)!, Rules = change.Rules.Or(audience.Rules)! };
            bool rulesChanged = !TargetingRules.AreSame(changed.Rules, audience.Rules);
            if (changed.Name == audience.Name && !rulesChanged)
            {
                return new Mutation<AudienceView>(await new Views(writer).OfAsync(audience), null);
            }

            if (await writer.UpdateAsync(changed with { UpdatedAt = UtcTime.Now(time) }) is not { } stored)
            {
                return NameTaken(changed.Name);
            }

            bool isLive = rulesChanged
                && ((await writer.GetExperimentsByAudienceAsync(id)).Any(experiment => experiment.Status == ExperimentStatus.Running)
                    || (await writer.GetFlagsNamingAsync(id)).Any(static flag => !flag.IsArchived));
            return new Mutation<AudienceView>(
                await new Views(writer).OfAsync(stored), isLive ? await writer.RequestPublishIfAutoAsync(audience.EnvironmentId) : null);
        });
    }

    /// <summary>Refused while a running or paused experiment uses it; the others lose the reference.</summary>
    public Task<Result<Mutation<AudienceView>>> DeleteAsync(Guid id) => store.WriteAsync<Result<Mutation<AudienceView>>>(async writer =>
    {
        if (await writer.FindAsync<AudienceDefinition>(id) is not { } audience)
        {
            return Errors.NotFound("audience", id);
        }

        IReadOnlyList<ExperimentDefinition> users = await writer.GetExperimentsByAudienceAsync(id);
        string[] inUse =
        [
            .. users.Where(experiment => experiment.Status is ExperimentStatus.Running or ExperimentStatus.Paused)
                .Select(experiment => $"\"{experiment.Key}\""),
            .. (await writer.GetFlagsNamingAsync(id)).Select(static flag => $"\"{flag.Key}\""),
        ];
        if (inUse.Length > 0)
        {
            return new DomainError(
                DomainErrorCode.Conflict,
                $"Audience \"{audience.Name}\" is used by {string.Join(", ", inUse)}; give them another audience first, or archive the experiments and delete the flags.");
        }

        AudienceView view = await new Views(writer).OfAsync(audience);
        foreach (ExperimentDefinition experiment in users)
        {
            await writer.UpdateAsync(experiment with { AudienceId = null, UpdatedAt = UtcTime.Now(time) });
        }

        await writer.DeleteAsync(audience);
        return new Mutation<AudienceView>(view, null);
    });

    private static DomainError? Check(string name, TargetingRuleDocument[] rules)
    {
        if (DefinitionNames.CheckName(name) is { } fault)
        {
            return Errors.Invalid("name", fault);
        }

        return TargetingRules.Check("rules", rules) is { } ruleFault ? new DomainError(DomainErrorCode.InvalidInput, ruleFault + ".") : null;
    }

    private static DomainError NameTaken(string name) =>
        new(DomainErrorCode.Conflict, $"An audience named \"{name}\" already exists in the environment.");
}
