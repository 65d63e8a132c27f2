namespace Experiments.Control.Publishing;

/// <summary>What an attempt to publish came to.</summary>
/// <param name="Error">Null where it succeeded; else one sentence for people.</param>
/// <param name="Snapshot">The snapshot object's bytes, where this attempt wrote one.</param>
internal sealed record PublishOutcome(string? Error, ReadOnlyMemory<byte> Snapshot = default)
{
    /// <summary>Another attempt has already published what was asked for.</summary>
    public static readonly PublishOutcome AlreadyPublished = new((string?)null);

    public bool IsSuccess => Error is null;
}
