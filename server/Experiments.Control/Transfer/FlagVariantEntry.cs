using System.Text.Json;

namespace Experiments.Control.Transfer;

/// <summary>A variant of a flag in a document. Its value may be null, which is a value.</summary>
internal sealed record FlagVariantEntry(string Key, string? Name, JsonElement Value);
