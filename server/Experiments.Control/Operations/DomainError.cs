namespace Experiments.Control.Operations;

/// <param name="Code">For programs.</param>
/// <param name="Message">One sentence for people: what was wrong and, where it helps, what to do first.</param>
internal sealed record DomainError(DomainErrorCode Code, string Message);
