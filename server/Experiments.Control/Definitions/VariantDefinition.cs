using System.Text.Json;

namespace Experiments.Control.Definitions;

/// <summary>One possible outcome of an experiment.</summary>
internal sealed record VariantDefinition
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object; null where the variant has none.</summary>
    public JsonElement? Payload { get; init; }
}
