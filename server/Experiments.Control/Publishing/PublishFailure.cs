namespace Experiments.Control.Publishing;

/// <summary>Attempts to publish an environment that have failed one after the other, as far as this process knows.</summary>
/// <param name="Since">When the first of them failed.</param>
/// <param name="Error">Why the last one did: a sentence for people.</param>
internal sealed record PublishFailure(DateTimeOffset Since, string Error);
