using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>A flag that serves an experiment gives its own values for the experiment's variants, so it must have them all.</summary>
internal static class ServedVariants
{
    /// <summary>Null, or which variant of the experiment the flag that serves it does not have.</summary>
    public static async ValueTask<DomainError?> FindFaultAsync(IStoreReader reader, ExperimentDefinition experiment) =>
        (await reader.GetFlagsNamingAsync(experiment.Id)).Where(static flag => !flag.IsArchived)
            .Select(flag => FaultOf(flag, experiment)).FirstOrDefault(static fault => fault is not null);

    /// <summary>Null, or which variant of an experiment that the flag's rules serve it does not have.</summary>
    public static async ValueTask<DomainError?> FindFaultAsync(IStoreReader reader, FlagDefinition flag)
    {
        foreach (Guid id in flag.Rules.Select(static rule => rule.ExperimentId).OfType<Guid>())
        {
            if (await reader.FindAsync<ExperimentDefinition>(id) is { } experiment && FaultOf(flag, experiment) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    public static DomainError? FaultOf(FlagDefinition flag, ExperimentDefinition experiment) =>
        experiment.Variants.FirstOrDefault(variant => flag.Variants.All(own => own.Key != variant.Key)) is { } missing
            ? new DomainError(
                DomainErrorCode.NotAllowed,
                $"experiment \"{experiment.Key}\", which flag \"{flag.Key}\" serves, has variant \"{missing.Key}\"; the flag must have it too.")
            : null;
}
