namespace Experiments.Control.Definitions;

/// <summary>An isolated set of experiments with a snapshot of its own.</summary>
internal sealed record EnvironmentDefinition
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public PublishMode Publish { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
