using System.Text.Json;

namespace Experiments.Control.Transfer;

/// <summary>A variant of an experiment in a document.</summary>
internal sealed record ExperimentVariantEntry(string Key, string Name, JsonElement? Payload);
