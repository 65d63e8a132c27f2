using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>Flags and experiments of an environment share their keys: callers ask for either by key.</summary>
internal static class KeySpace
{
    /// <summary>Null, or which experiment has the flag's key without being served by it.</summary>
    public static async ValueTask<DomainError?> FindConflictAsync(IStoreReader reader, FlagDefinition flag)
    {
        if (await reader.FindAsync<ExperimentDefinition>(flag.EnvironmentId, flag.Key) is not { } experiment
            || flag.Rules.Any(rule => rule.ExperimentId == experiment.Id))
        {
            return null;
        }

        return new DomainError(
            DomainErrorCode.Conflict,
            $"An experiment with key \"{flag.Key}\" exists in the environment; a flag may have its key only with a rule that serves it.");
    }

    /// <summary>Null, or that a flag has the experiment's key: only one that serves it may, and a new one nobody serves yet.</summary>
    public static async ValueTask<DomainError?> FindConflictAsync(IStoreReader reader, ExperimentDefinition experiment) =>
        await reader.FindAsync<FlagDefinition>(experiment.EnvironmentId, experiment.Key) is null ? null : new DomainError(
            DomainErrorCode.Conflict, $"A flag with key \"{experiment.Key}\" already exists in the environment.");
}
