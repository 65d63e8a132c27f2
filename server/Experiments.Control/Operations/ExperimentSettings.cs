using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What experiments have beyond variants, allocations and targeting.</summary>
internal static class ExperimentSettings
{
    public static async ValueTask<Result<ExperimentDefinition>> ApplyAsync(IStoreReader reader, ExperimentDefinition experiment, ExperimentChange change)
    {
        ExperimentDefinition changed = experiment with
        {
            Tags = change.Tags.IsPresent ? TagNames.Sort(change.Tags.Value!) : experiment.Tags,
            Schedule = change.Schedule.Or(experiment.Schedule),
            Prerequisites = change.Prerequisites.Or(experiment.Prerequisites)!,
            Unit = change.Unit.Or(experiment.Unit),
        };
        if (TagNames.Check(changed.Tags) is { } tagFault)
        {
            return Errors.Invalid("tags", tagFault);
        }

        if (changed.Unit is { Length: 0 or > TargetingRules.MaxAttributeLength })
        {
            return Errors.Invalid("unit", $"must be 1 to {TargetingRules.MaxAttributeLength} characters");
        }

        if (change.Overrides.IsPresent)
        {
            Result<IReadOnlyList<OverrideDefinition>> overrides = FlagBuilder.Build(change.Overrides.Value!, experiment.Variants.ToDictionary(
                static variant => variant.Id.ToString(), static variant => variant.Id, StringComparer.Ordinal));
            if (!overrides.IsSuccess)
            {
                return overrides.Error;
            }

            changed = changed with { Overrides = overrides.Value };
        }

        DomainError? error = Schedules.Check("schedule", changed.Schedule);
        if (error is null && change.Prerequisites.IsPresent)
        {
            FlagDefinition? server = (await reader.GetFlagsNamingAsync(experiment.Id)).FirstOrDefault(static flag => !flag.IsArchived);
            error = await new PrerequisiteCheck(reader, experiment.EnvironmentId).FindFaultAsync(
                "prerequisites", server?.Key, changed.Prerequisites);
        }

        return error is null ? changed : error;
    }
}
