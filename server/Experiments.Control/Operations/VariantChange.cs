using System.Text.Json;

namespace Experiments.Control.Operations;

/// <summary>What to change about a variant; what is absent stays.</summary>
internal record VariantChange
{
    public Optional<string> Name { get; init; }

    /// <summary>Null clears it.</summary>
    public Optional<JsonElement?> Payload { get; init; }
}
