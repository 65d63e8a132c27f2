using Experiments.Control.Definitions;

namespace Experiments.Control.Transfer;

/// <summary>An experiment or rule of the document that is in a layer.</summary>
/// <param name="Path">Of its split in the document.</param>
/// <param name="Id">Of the experiment or rule.</param>
/// <param name="Key">Of the experiment or flag, for people.</param>
/// <param name="Layer">Which.</param>
/// <param name="Claim">Which buckets; null is those that it has.</param>
internal sealed record ClaimOwner(string Path, Guid Id, string Key, LayerDefinition Layer, IReadOnlyList<RangeEntry>? Claim);
