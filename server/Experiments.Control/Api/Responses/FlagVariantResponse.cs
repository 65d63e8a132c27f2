using System.Text.Json;

namespace Experiments.Control.Api.Responses;

/// <summary>A variant of a flag in answers.</summary>
internal sealed record FlagVariantResponse(string Key, string? Name, JsonElement Value);
