using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Rules of one flag from what a request says.</summary>
/// <param name="reader">For what they name.</param>
/// <param name="flag">With its variants.</param>
/// <param name="layers">Takes the claims.</param>
/// <param name="now">Decides which step of a ramp is under way.</param>
internal sealed class FlagRuleBuilder(IStoreReader reader, FlagDefinition flag, LayerBook layers, DateTimeOffset now)
{
    /// <param name="path">Of the rule in the request.</param>
    /// <param name="input">The rule.</param>
    /// <param name="former">As it was; null for a new one.</param>
    public async ValueTask<Result<FlagRuleDefinition>> BuildAsync(string path, FlagRuleInput input, FlagRuleDefinition? former)
    {
        if (await CheckAsync(path, input) is { } error)
        {
            return error;
        }

        var rule = new FlagRuleDefinition
        {
            Id = former?.Id ?? Guid.NewGuid(),
            Name = input.Name,
            AudienceId = input.AudienceId,
            TargetingRules = input.TargetingRules,
            Schedule = input.Schedule,
            Prerequisites = input.Prerequisites,
        };
        if (former?.Split?.Weights.LayerId is { } held && held != input.Serve.Split?.LayerId)
        {
            await layers.ReleaseAsync(held, rule.Id);
        }

        return input.Serve switch
        {
            { Split: { } split } => await SplitAsync($"{path}.serve.split", rule, split, former?.Split),
            { ExperimentId: { } experimentId } => await ExperimentAsync($"{path}.serve.experimentId", rule, experimentId),
            { Variant: { } key } => flag.Variants.FirstOrDefault(variant => variant.Key == key) is { } variant
                ? rule with { VariantId = variant.Id }
                : Errors.Invalid($"{path}.serve.variant", $"names variant \"{key}\", which the flag does not have"),
            _ => rule,
        };
    }

    private async ValueTask<DomainError?> CheckAsync(string path, FlagRuleInput input)
    {
        if (input.Name is { } name && DefinitionNames.CheckName(name) is { } nameFault)
        {
            return Errors.Invalid($"{path}.name", nameFault);
        }

        if (TargetingRules.Check($"{path}.targetingRules", input.TargetingRules) is { } targetingFault)
        {
            return new DomainError(DomainErrorCode.InvalidInput, targetingFault + ".");
        }

        if (input.AudienceId is { } audienceId)
        {
            if (await reader.FindAsync<AudienceDefinition>(audienceId) is not { } audience)
            {
                return Errors.NotFound("audience", audienceId);
            }

            if (audience.EnvironmentId != flag.EnvironmentId)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"{path}.audienceId: audience \"{audience.Name}\" belongs to another environment.");
            }
        }

        return Schedules.Check($"{path}.schedule", input.Schedule)
            ?? await new PrerequisiteCheck(reader, flag.EnvironmentId).FindFaultAsync($"{path}.prerequisites", flag.Key, input.Prerequisites);
    }

    private async ValueTask<Result<FlagRuleDefinition>> SplitAsync(
        string path, FlagRuleDefinition rule, SplitInput input, RuleSplitDefinition? former)
    {
        LayerDefinition? layer = null;
        if (input.LayerId is { } layerId)
        {
            layer = await layers.FindAsync(layerId);
            if (layer is null)
            {
                return Errors.NotFound("layer", layerId);
            }

            if (layer.EnvironmentId != flag.EnvironmentId)
            {
                return new DomainError(DomainErrorCode.NotAllowed, $"{path}.layerId: layer \"{layer.Name}\" belongs to another environment.");
            }
        }

        Result<BuiltSplit> built = SplitBuilder.Build(
            path, input, [.. flag.Variants.Select(static variant => (variant.Id, variant.Key))], former?.Weights, former?.Allocations ?? [],
            layer, (rule.Id, flag.Key), now);
        if (!built.IsSuccess)
        {
            return built.Error;
        }

        if (built.Value.Layer is { } claimed)
        {
            layers.Put(claimed);
        }

        return rule with
        {
            Split = new RuleSplitDefinition
            {
                Salt = former?.Salt ?? Guid.NewGuid().ToString(),
                Unit = input.Unit,
                Weights = built.Value.Split!,
                Allocations = built.Value.Allocations,
            },
        };
    }

    private async ValueTask<Result<FlagRuleDefinition>> ExperimentAsync(string path, FlagRuleDefinition rule, Guid experimentId)
    {
        if (await reader.FindAsync<ExperimentDefinition>(experimentId) is not { } experiment)
        {
            return Errors.NotFound("experiment", experimentId);
        }

        if (experiment.EnvironmentId != flag.EnvironmentId)
        {
            return new DomainError(DomainErrorCode.NotAllowed, $"{path}: experiment \"{experiment.Key}\" belongs to another environment.");
        }

        if (ServedVariants.FaultOf(flag, experiment) is { } missing)
        {
            return missing with { Message = $"{path}: {missing.Message}" };
        }

        if ((await reader.GetFlagsNamingAsync(experimentId)).FirstOrDefault(other => other.Id != flag.Id && !other.IsArchived) is { } other)
        {
            return new DomainError(DomainErrorCode.Conflict, $"{path}: experiment \"{experiment.Key}\" is served by flag \"{other.Key}\" already.");
        }

        DomainError? cycle = await new PrerequisiteCheck(reader, flag.EnvironmentId).FindCycleAsync(path, flag.Key, experiment.Prerequisites);
        return cycle is null ? rule with { ExperimentId = experimentId } : cycle;
    }
}
