namespace Experiments.Control.Definitions;

/// <summary>A share of users who get no experiment and no flag of the environment, or of one tag, so that the effect of all of them together
/// can be measured.</summary>
internal sealed record HoldoutDefinition : IDefinition
{
    public required Guid Id { get; init; }

    public required Guid EnvironmentId { get; init; }

    string IDefinition.UniqueName => Name;

    public required string Name { get; init; }

    /// <summary>Only what has this tag; null is everything.</summary>
    public string? Tag { get; init; }

    /// <summary>Buckets that are held out, 0 to 10,000, from the first on.</summary>
    public required int Share { get; init; }

    /// <summary>Given once.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Sequence { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
