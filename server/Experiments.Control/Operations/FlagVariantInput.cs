using System.Text.Json;

namespace Experiments.Control.Operations;

/// <summary>A value that a flag may have.</summary>
/// <param name="Key">Unique in the flag.</param>
/// <param name="Name">For people; null is none.</param>
/// <param name="Value">Of the flag's type.</param>
internal sealed record FlagVariantInput(string Key, string? Name, JsonElement Value);
