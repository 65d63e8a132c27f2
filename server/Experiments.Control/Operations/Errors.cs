using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>Errors that several operations answer.</summary>
internal static class Errors
{
    public static DomainError NotFound(string kind, Guid id) => new(DomainErrorCode.NotFound, $"There is no {kind} with id {id}.");

    public static DomainError Archived(ExperimentDefinition experiment) => new(
        DomainErrorCode.NotAllowed, $"Experiment \"{experiment.Key}\" is ARCHIVED; it can only be deleted.");

    public static DomainError Invalid(string path, string fault) => new(DomainErrorCode.InvalidInput, $"{path} {fault}.");
}
