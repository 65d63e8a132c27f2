using Experiments.Client.Targeting;

namespace Experiments.Control.Definitions;

/// <summary>A named, reusable condition of one environment.</summary>
internal sealed record AudienceDefinition : IDefinition
{
    public required Guid Id { get; init; }

    public required Guid EnvironmentId { get; init; }

    string IDefinition.UniqueName => Name;

    public required string Name { get; init; }

    public required TargetingRuleDocument[] Rules { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Order of insertion, given by the store: lists break ties of <see cref="CreatedAt"/> by it.</summary>
    public long Sequence { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
