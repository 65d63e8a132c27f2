using System.Text.Json;
using Experiments.Control.Definitions;

namespace Experiments.Control.Operations;

/// <summary>What to change about a flag; what is absent stays.</summary>
internal sealed record FlagChange
{
    /// <summary>Only what it is already.</summary>
    public Optional<string> Key { get; init; }

    /// <summary>Only what it is already.</summary>
    public Optional<FlagType> Type { get; init; }

    public Optional<string> Name { get; init; }

    /// <summary>Null clears it.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>A JSON Schema; null clears it.</summary>
    public Optional<JsonElement?> Schema { get; init; }

    public Optional<IReadOnlyList<string>> Tags { get; init; }

    public Optional<bool> Enabled { get; init; }

    public Optional<bool> Archived { get; init; }

    /// <summary>Key of a variant; null is the caller's fallback.</summary>
    public Optional<string> Off { get; init; }

    /// <summary>Key of a variant; null is the caller's fallback.</summary>
    public Optional<string> Default { get; init; }

    /// <summary>All of them: one that is left out is removed.</summary>
    public Optional<IReadOnlyList<FlagVariantInput>> Variants { get; init; }

    /// <summary>All of them.</summary>
    public Optional<IReadOnlyList<OverrideInput>> Overrides { get; init; }

    /// <summary>All of them, in their order.</summary>
    public Optional<IReadOnlyList<FlagRuleInput>> Rules { get; init; }
}
