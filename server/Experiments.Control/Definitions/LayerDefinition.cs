namespace Experiments.Control.Definitions;

/// <summary>Buckets of one hash that experiments share out among themselves, so that no user is in two of them.</summary>
internal sealed record LayerDefinition : IDefinition
{
    public required Guid Id { get; init; }

    public required Guid EnvironmentId { get; init; }

    string IDefinition.UniqueName => Name;

    public required string Name { get; init; }

    /// <summary>Given once.</summary>
    public required string Salt { get; init; }

    /// <summary>The attribute whose value is hashed; null is the user key.</summary>
    public string? Unit { get; init; }

    /// <summary>Who holds which buckets; no two overlap.</summary>
    public IReadOnlyList<LayerClaimDefinition> Claims { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Sequence { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
