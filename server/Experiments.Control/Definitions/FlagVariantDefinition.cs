using System.Text.Json;

namespace Experiments.Control.Definitions;

/// <summary>One possible value of a flag.</summary>
internal sealed record FlagVariantDefinition
{
    /// <summary>Inside this server only: everyone else names a flag's variants by key.</summary>
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public string? Name { get; init; }

    public required JsonElement Value { get; init; }
}
