using System.Text.Json;

namespace Experiments.Control.Api.Bodies;

/// <summary>A value that a flag may have, for the API document.</summary>
/// <param name="Key">Unique in the flag.</param>
/// <param name="Value">Of the flag's type.</param>
/// <param name="Name">For people.</param>
internal sealed record FlagVariantBody(string Key, JsonElement Value, string? Name = null);
