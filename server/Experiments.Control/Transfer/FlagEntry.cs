using System.Text.Json;

namespace Experiments.Control.Transfer;

/// <summary>A flag in a document.</summary>
internal sealed record FlagEntry
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>By its name on the wire.</summary>
    public required string Type { get; init; }

    public JsonElement? Schema { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>True or null.</summary>
    public bool? Archived { get; init; }

    /// <summary>Key of a variant.</summary>
    public string? Off { get; init; }

    /// <summary>Key of a variant.</summary>
    public string? Default { get; init; }

    public IReadOnlyList<FlagVariantEntry>? Variants { get; init; }

    public IReadOnlyList<OverrideEntry>? Overrides { get; init; }

    public IReadOnlyList<FlagRuleEntry>? Rules { get; init; }
}
