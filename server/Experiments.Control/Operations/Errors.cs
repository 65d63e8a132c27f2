using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>Errors that several operations answer.</summary>
internal static class Errors
{
    /// <param name="kind">What was asked for.</param>
    /// <param name="id">Its id; the empty one stands for a text that is no UUID.</param>
    public static DomainError NotFound(string kind, Guid id) => new(
        DomainErrorCode.NotFound,
        id == Guid.Empty ? $"There is no {kind} with the given id; ids are UUIDs and not all zeros." : $"There is no {kind} with id {id}.");

    public static DomainError Archived(ExperimentDefinition experiment) => new(
        DomainErrorCode.NotAllowed, $"Experiment \"{experiment.Key}\" is ARCHIVED; it can only be deleted.");

    public static DomainError Invalid(string path, string fault) => new(DomainErrorCode.InvalidInput, $"{path} {fault}.");
}
