using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Operations;

/// <summary>What can be done to the allocations of an experiment.</summary>
internal sealed class AllocationOperations(IDefinitionStore store, TimeProvider time)
{
    /// <summary>Replaces all of them. One that stays as it was keeps its id.</summary>
    public Task<Result<Mutation<ExperimentView>>> ReplaceAsync(Guid experimentId, IReadOnlyList<AllocationInput> inputs) =>
        store.MutateAsync(experimentId, time, (_, experiment) => ValueTask.FromResult(Replace(experiment, inputs)));

    /// <summary>Gives up the split by weights that there was.</summary>
    public static Result<ExperimentDefinition> Replace(ExperimentDefinition experiment, IReadOnlyList<AllocationInput> inputs)
    {
        if (inputs.Count == 0 && experiment.Status == ExperimentStatus.Running)
        {
            return new DomainError(
                DomainErrorCode.NotAllowed,
                $"Experiment \"{experiment.Key}\" is RUNNING; without allocations it would assign nobody. Pause it instead.");
        }

        ILookup<AllocationInput, AllocationDefinition> existing = experiment.Allocations.ToLookup(
            static allocation => new AllocationInput(allocation.VariantId, allocation.RangeStart, allocation.RangeEnd));
        AllocationDefinition[] allocations = [.. inputs
            .OrderBy(static input => input.RangeStart)
            .ThenBy(static input => input.RangeEnd)
            .Select(input => existing[input].FirstOrDefault() ?? new AllocationDefinition
            {
                Id = Guid.NewGuid(),
                VariantId = input.VariantId,
                RangeStart = input.RangeStart,
                RangeEnd = input.RangeEnd,
            })];
        return AllocationRules.Check(allocations, experiment) is { } fault
            ? new DomainError(DomainErrorCode.InvalidInput, fault)
            : experiment with { Allocations = allocations, Split = null };
    }
}
