using System.Text.Json;

namespace Experiments.Control.Operations;

/// <summary>A new variant.</summary>
internal sealed record VariantInput
{
    /// <summary>Unique in the experiment.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object of at most 64 KiB, or null.</summary>
    public JsonElement? Payload { get; init; }
}
