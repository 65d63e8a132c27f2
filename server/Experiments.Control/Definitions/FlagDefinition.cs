using System.Text.Json;

namespace Experiments.Control.Definitions;

/// <summary>A feature flag with its variants and rules: one document, so that a change to any part is one write.</summary>
internal sealed record FlagDefinition : IDefinition
{
    public required Guid Id { get; init; }

    public required Guid EnvironmentId { get; init; }

    string IDefinition.UniqueName => Key;

    public required string Key { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required FlagType Type { get; init; }

    /// <summary>A JSON Schema that the value of every variant fits; null where the type alone says what it is.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>In ordinal order, each once.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsEnabled { get; init; }

    /// <summary>Kept, but in no snapshot any more.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Served while the flag is not enabled; null is the caller's fallback.</summary>
    public Guid? OffVariantId { get; init; }

    /// <summary>Served where no rule does; null is the caller's fallback.</summary>
    public Guid? DefaultVariantId { get; init; }

    /// <summary>In creation order.</summary>
    public IReadOnlyList<FlagVariantDefinition> Variants { get; init; } = [];

    /// <summary>By user key, before all rules.</summary>
    public IReadOnlyList<OverrideDefinition> Overrides { get; init; } = [];

    /// <summary>In their order: the first that serves decides.</summary>
    public IReadOnlyList<FlagRuleDefinition> Rules { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Order of insertion, given by the store: snapshots list flags by it, lists break ties by it.</summary>
    public long Sequence { get; init; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    public long Revision { get; init; }
}
